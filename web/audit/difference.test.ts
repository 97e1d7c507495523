import { expect, it } from 'vitest'
import { difference } from './difference.ts'

it('tells what became of each field, and nothing of those that stayed', () => {
  expect(
    difference({ role: 'viewer', scope: ['a'], gone: 1 }, { role: 'planner', scope: ['a'], come: 2 }),
  ).toEqual([
    { field: 'role', before: 'viewer', after: 'planner' },
    { field: 'gone', before: 1, after: undefined },
    { field: 'come', before: undefined, after: 2 },
  ])
})

it('tells all of what is new, and of what is gone, and nothing of what is empty', () => {
  expect(difference(null, { name: 'hall', department: null })).toEqual([
    { field: 'name', before: undefined, after: 'hall' },
  ])
  expect(difference({ name: 'hall' }, null)).toEqual([{ field: 'name', before: 'hall', after: undefined }])
  expect(difference(null, null)).toEqual([])
})

it('takes what is no object as a whole', () => {
  expect(difference(null, ['admin', 'viewer'])).toEqual([
    { field: '', before: null, after: ['admin', 'viewer'] },
  ])
  expect(difference('one', 'one')).toEqual([])
})
