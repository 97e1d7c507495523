import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteBuffer } from './byte-buffer.ts'
import { Shape } from './shape.ts'
import { writeTwkb } from './test-twkb.ts'
import { TileFrame } from './tile-frame.ts'
import { TwkbReader } from './twkb-reader.ts'

const metres = fc.double({ min: -2.0e7, max: 2.0e7, noNaN: true })
const vertex = fc.tuple(metres, metres)
const near = fc.tuple(
  fc.double({ min: -500, max: 500, noNaN: true }),
  fc.double({ min: -500, max: 500, noNaN: true }),
)
const line = fc
  .tuple(vertex, fc.array(near, { minLength: 1, maxLength: 40 }))
  .map(([[x, y], steps]) => [[x, y] as const, ...steps.map(([dx, dy]) => [x + dx, y + dy] as const)])

it('reads lines of any precision, however many follow one another', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.integer({ min: -3, max: 3 })), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.integer({ min: 0, max: 22 }),
      (geometries, z) => {
        const written = new ByteBuffer()
        for (const [lines, decimals] of geometries) {
          writeTwkb(
            'lines',
            lines.map((one) => [one]),
            decimals,
            written,
          )
        }
        const frame = new TileFrame(z, (2 ** z) >> 1, (2 ** z) >> 1)
        const reader = new TwkbReader(written.bytes.subarray(0, written.length))
        const shape = new Shape()
        for (const [lines, decimals] of geometries) {
          reader.read(frame, shape)
          expect(partsOf(shape)).toEqual(lines.map((one) => inUnits(one, decimals, frame)))
        }
        expect(reader.atEnd).toBe(true)
      },
    ),
  )
})

/** What the reader owes: rounded as TWKB rounds, then to the unit, without repeats. */
function inUnits(
  line: readonly (readonly [number, number])[],
  decimals: number,
  frame: TileFrame,
): number[][] {
  const units = line.map(([x, y]) => {
    const rounded = (value: number) => Math.round(value * 10 ** decimals) / 10 ** decimals
    return [frame.unitX(rounded(x)), frame.unitY(rounded(y))]
  })
  return units.filter(([x, y], i) => i === 0 || x !== units[i - 1]![0] || y !== units[i - 1]![1])
}

function partsOf(shape: Shape): number[][][] {
  return Array.from({ length: shape.partCount }, (_, part) => {
    const vertices: number[][] = []
    for (let i = shape.partStart(part); i < shape.partEnd[part]!; i++) {
      vertices.push([shape.xy[2 * i]!, shape.xy[2 * i + 1]!])
    }
    return vertices
  })
}

it('leaves a shape of nothing for an empty geometry', () => {
  const shape = new Shape()
  const reader = new TwkbReader(Uint8Array.of(0x06, 0x10))
  reader.read(new TileFrame(0, 0, 0), shape)
  expect(shape.kind).toBe(0)
  expect(reader.atEnd).toBe(true)
})

it('refuses a collection and bytes that end early', () => {
  const read = (...bytes: number[]) =>
    new TwkbReader(Uint8Array.from(bytes)).read(new TileFrame(0, 0, 0), new Shape())
  expect(() => read(0x07, 0)).toThrow('type 7')
  expect(() => read(0x02, 0, 9, 1, 1)).toThrow('cut off')
  expect(() => read(0x02, 0, 2, 1, 1)).toThrow('cut off')
})

it('rounds a place to the same unit of the world in every tile of a zoom', () => {
  fc.assert(
    fc.property(vertex, fc.integer({ min: 1, max: 22 }), ([x, y], z) => {
      const west = new TileFrame(z, 0, 0)
      const east = new TileFrame(z, 1, 1)
      expect(west.unitX(x) - east.unitX(x)).toBe(west.extent)
      expect(west.unitY(y) - east.unitY(y)).toBe(west.extent)
    }),
  )
})
