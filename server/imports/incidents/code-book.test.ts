import { expect, it } from 'vitest'
import { CodeBook } from './code-book.ts'

const known = [
  { code: '01', name: 'Streets', parentCode: null },
  { code: '0101', name: 'Lights', parentCode: '01' },
]

it('finds codes and names, below a parent or not', () => {
  const book = new CodeBook('categories', known)
  expect(book.codeOf('0101')).toBe('0101')
  expect(book.codeOf('Lights')).toBe('0101')
  expect(book.codeOf('Lights', 'Streets')).toBe('0101')
  expect(book.codeOf('0101', '01')).toBe('0101')
  expect(book.added).toEqual([])
})

it('adds what nobody knows, also a child called like its parent or like a stranger', () => {
  const book = new CodeBook('categories', known)
  expect(book.codeOf('Streets', 'Streets')).toBe('01/Streets')
  expect(book.codeOf('Lights', 'Parks')).toBe('Parks/Lights')
  expect(book.added.map(({ code }) => code)).toEqual(['01/Streets', 'Parks', 'Parks/Lights'])
  const again = new CodeBook('categories', [...known, ...book.added])
  expect([again.codeOf('Streets', 'Streets'), again.codeOf('Lights', 'Parks')]).toEqual([
    '01/Streets',
    'Parks/Lights',
  ])
  expect(again.added).toEqual([])
})

it('gives up when the column can hold no categories', () => {
  const book = new CodeBook('categories', [])
  expect(() => {
    for (let i = 0; i < 6000; i++) book.codeOf(`address ${i}`)
  }).toThrow('right column')
})
