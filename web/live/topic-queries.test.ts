import { describe, expect, it } from 'vitest'
import { asksAnew } from './topic-queries.ts'

const told = (topics: string[], ids: number[] = []) =>
  asksAnew({ cases: ids.map((id) => ({ id }) as never), gone: [], topics })

describe('what changed is asked for anew', () => {
  it('by the name of its table, and whatever else comes from it', () => {
    expect([['areas'], ['district'], ['grids']].map(told(['areas']))).toEqual([true, true, false])
  })

  it('on a screen for which another wall was chosen', () => {
    const isOld = told(['wall_devices'])
    expect([isOld(['walls', 'own', null]), isOld(['wall_devices']), isOld(['wall_steering', 1])]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('case by case, but never the columns, which are patched', () => {
    const isOld = told([], [7])
    expect(
      [
        ['incident', 7],
        ['incident', 8],
        ['incidents', {}],
        ['columns', 0, 1, true],
      ].map(isOld),
    ).toEqual([true, false, true, false])
  })
})
