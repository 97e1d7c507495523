import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decoderOf, encodeParameter } from './values.ts'

const TEXT_ARRAY = 1009
const FLOAT_ARRAY = 1022
const TIMESTAMPTZ = 1184

it('reads a list of texts as it was written, whatever is in them', () => {
  const lists = fc.array(fc.option(fc.string({ unit: 'binary' })), { maxLength: 20 })
  fc.assert(
    fc.property(lists, (list) => {
      expect(decoderOf(TEXT_ARRAY)(String(encodeParameter(list)))).toEqual(list)
    }),
  )
})

it('reads lists of lists as they were written', () => {
  const row = fc.array(fc.string(), { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      expect(decoderOf(TEXT_ARRAY)(String(encodeParameter(rows)))).toEqual(rows)
    }),
  )
})

it('reads numbers as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double())), (list) => {
      // PostgreSQL has no zero below zero in the text of an integer, and none is asked for
      const plain = list.map((value) => (value === 0 ? 0 : value))
      expect(decoderOf(FLOAT_ARRAY)(String(encodeParameter(plain)))).toEqual(plain)
    }),
  )
})

it('reads what a server writes with bounds of its own', () => {
  expect(decoderOf(TEXT_ARRAY)('[0:1]={a,b}')).toEqual(['a', 'b'])
  expect(decoderOf(FLOAT_ARRAY)('[0:1]={1,2}')).toEqual([1, 2])
})

it('reads instants of any year, and none for one without end', () => {
  const instants = fc.date({
    noInvalidDate: true,
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
  })
  fc.assert(
    fc.property(instants, (instant) => {
      const asServerWritesIt = instant.toISOString().replace('T', ' ').replace('Z', '+00')
      expect(decoderOf(TIMESTAMPTZ)(asServerWritesIt)).toEqual(instant)
    }),
  )
  expect(decoderOf(TIMESTAMPTZ)('12024-01-01 00:00:00+00')).toEqual(new Date('+012024-01-01T00:00:00Z'))
  expect(decoderOf(TIMESTAMPTZ)('infinity')).toEqual(new Date(Number.NaN))
})
