import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doCross, passesPixel } from './lattice.ts'
import { nodeEdges, walkEdge } from './node-edges.ts'
import { PairIndex } from './pair-index.ts'

type Segment = [ax: number, ay: number, bx: number, by: number]

function node(segments: readonly Segment[]) {
  const vertices = new PairIndex()
  const edges = new PairIndex()
  const ends = segments.map(([ax, ay, bx, by]) => [vertices.add(ax, ay), vertices.add(bx, by)] as const)
  const proper = ends.filter(([a, b]) => a !== b)
  for (const [a, b] of proper) edges.add(Math.min(a, b), Math.max(a, b))
  const noded = nodeEdges(vertices, edges)
  const paths = proper.map(([a, b]) => {
    const path = [a]
    walkEdge(noded, a, b, path)
    return path
  })
  const at = (v: number) => [vertices.a(v), vertices.b(v)] as [number, number]
  const pieces = new Map<string, Segment>()
  for (const path of paths) {
    path.slice(1).forEach((to, i) => {
      const from = path[i]!
      pieces.set(`${Math.min(from, to)} ${Math.max(from, to)}`, [...at(from), ...at(to)])
    })
  }
  const places = Array.from({ length: vertices.size }, (_, v) => at(v))
  return { paths: paths.map((path) => path.map(at)), pieces: [...pieces.values()], places }
}

const within = (max: number) => fc.integer({ min: 0, max })
const soup = (size: number) =>
  fc.array(fc.tuple(within(size), within(size), within(size), within(size)), { maxLength: 40 })

describe('noding', () => {
  it('gives two crossing edges a common vertex', () => {
    const { paths } = node([
      [0, 0, 10, 10],
      [0, 9, 9, 0],
    ])
    expect(paths[0]).toEqual([
      [0, 0],
      [5, 5],
      [10, 10],
    ])
    expect(paths[1]).toEqual([
      [0, 9],
      [5, 5],
      [9, 0],
    ])
  })

  it('gives an edge the vertices that lie on it, in both directions', () => {
    const { paths } = node([
      [0, 0, 9, 0],
      [3, 0, 3, 5],
      [9, 0, 6, 0],
    ])
    expect(paths[0]).toEqual([
      [0, 0],
      [3, 0],
      [6, 0],
      [9, 0],
    ])
    expect(paths[2]).toEqual([
      [9, 0],
      [6, 0],
    ])
  })

  it.each([12, 60, 1000, 100_000_000])(
    'ends with edges that meet only at vertices (places up to %i)',
    (size) => {
      fc.assert(
        fc.property(soup(size), (segments) => {
          const { pieces, places } = node(segments)
          for (const one of pieces) {
            for (const other of pieces) expect(doCross(...one, ...other)).toBe(false)
            for (const [x, y] of places) {
              const isEnd = (x === one[0] && y === one[1]) || (x === one[2] && y === one[3])
              if (!isEnd && passesPixel(...one, x, y)) expect.fail(`${one} still passes ${x} ${y}`)
            }
          }
        }),
        { numRuns: 100 },
      )
    },
  )

  it('changes nothing that is noded', () => {
    fc.assert(
      fc.property(soup(50), (segments) => {
        const { pieces } = node(segments)
        const again = node(pieces)
        expect(again.paths.every((path) => path.length === 2)).toBe(true)
      }),
    )
  })
})
