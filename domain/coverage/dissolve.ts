import type { MultiPolygon, Polygon, Position, Ring } from '../geometry.ts'
import type { Arrangement } from './arrange.ts'
import { doubleArea, side, toDegrees } from './lattice.ts'

/** A ring of the arrangement's vertices, not closed. */
interface Outline {
  ids: number[]
  doubleArea: number
}

/**
 * Puts each key's faces together: outer rings anticlockwise, holes clockwise, each from its lowest point on,
 * polygons and holes in the order of these points; so the same faces always give the same shape. Every vertex
 * stays. Rings touch themselves nowhere (a pinched one becomes two), as OGC Simple Features wants it.
 * Keys without a face get an empty shape. O(n) for n half-edges, besides holes: each is held against the
 * rings of its key.
 */
export function dissolve(
  arrangement: Arrangement,
  keysOfFace: readonly (readonly number[])[],
  keyCount: number,
): MultiPolygon[] {
  const { face } = arrangement
  const borders: number[][] = Array.from({ length: keyCount }, () => [])
  face.forEach((left, h) => {
    const beyond = keysOfFace[face[h ^ 1]!]!
    for (const key of keysOfFace[left]!) if (!beyond.includes(key)) borders[key]!.push(h)
  })
  const tracer = new Tracer(arrangement)
  return borders.map((border) => assemble(arrangement, tracer.outlines(border)))
}

class Tracer {
  /** 1: a border of the key in hand that no outline has walked yet */
  private readonly isOpen: Uint8Array
  private readonly isBorder: Uint8Array
  private readonly placeInWalk: Int32Array

  constructor(private readonly arrangement: Arrangement) {
    this.isOpen = new Uint8Array(arrangement.origin.length)
    this.isBorder = new Uint8Array(arrangement.origin.length)
    this.placeInWalk = new Int32Array(arrangement.vertices.size).fill(-1)
  }

  outlines(border: readonly number[]): Outline[] {
    for (const h of border) this.isOpen[h] = this.isBorder[h] = 1
    const outlines: Outline[] = []
    for (const h of border) if (this.isOpen[h]) this.walk(h, outlines)
    for (const h of border) this.isBorder[h] = 0
    return outlines
  }

  /** Goes once round; a vertex met again closes a ring of its own. */
  private walk(start: number, outlines: Outline[]): void {
    const { origin } = this.arrangement
    const walk: number[] = []
    let h = start
    do {
      this.isOpen[h] = 0
      this.cutLoop(origin[h]!, walk, outlines)
      this.placeInWalk[origin[h]!] = walk.length
      walk.push(origin[h]!)
      h = this.following(h)
    } while (h !== start)
    this.cutLoop(origin[start]!, walk, outlines)
  }

  private cutLoop(v: number, walk: number[], outlines: Outline[]): void {
    const place = this.placeInWalk[v]!
    if (place === -1) return
    const ids = walk.splice(place)
    for (const w of ids) this.placeInWalk[w] = -1
    const { vertices } = this.arrangement
    const area = doubleArea(
      ids.map((w) => vertices.a(w)),
      ids.map((w) => vertices.b(w)),
    )
    outlines.push({ ids, doubleArea: area })
  }

  /** The next border clockwise: it keeps to the same piece of the inside. */
  private following(h: number): number {
    const { next } = this.arrangement
    let candidate = next[h]!
    while (!this.isBorder[candidate]) candidate = next[candidate ^ 1]!
    return candidate
  }
}

function assemble(arrangement: Arrangement, outlines: readonly Outline[]): MultiPolygon {
  const shells = outlines
    .filter((outline) => outline.doubleArea > 0)
    .sort((a, b) => a.doubleArea - b.doubleArea)
  const holes = outlines.filter((outline) => outline.doubleArea < 0)
  const inside = new Map(shells.map((shell) => [shell, [] as Outline[]]))
  for (const hole of holes) {
    const shell = shells.length === 1 ? shells[0] : shells.find((one) => isAround(arrangement, one, hole))
    if (!shell) throw new Error('a hole lies in no ring of its key')
    inside.get(shell)!.push(hole)
  }
  const polygons = [...inside].map(([shell, own]): Polygon => {
    return [ringOf(arrangement, shell), ...own.map((hole) => ringOf(arrangement, hole)).sort(compareRings)]
  })
  return polygons.sort((a, b) => compareRings(a[0]!, b[0]!))
}

/** Whether the middle of the hole's first side lies in the shell; sides of one key never lie on each other. */
function isAround({ vertices }: Arrangement, shell: Outline, hole: Outline): boolean {
  if (shell.doubleArea < -hole.doubleArea) return false
  const [p, q] = [hole.ids[0]!, hole.ids[1]!]
  const [x, y] = [vertices.a(p) + vertices.a(q), vertices.b(p) + vertices.b(q)]
  let inside = false
  shell.ids.forEach((b, i) => {
    const a = shell.ids.at(i - 1)!
    const [ay, by] = [2 * vertices.b(a), 2 * vertices.b(b)]
    if (ay > y === by > y) return
    if (side(2 * vertices.a(a), ay, 2 * vertices.a(b), by, x, y) === (by > ay ? 1 : -1)) inside = !inside
  })
  return inside
}

function ringOf({ vertices }: Arrangement, { ids }: Outline): Ring {
  let lowest = 0
  ids.forEach((v, i) => {
    const w = ids[lowest]!
    if ((vertices.b(v) - vertices.b(w) || vertices.a(v) - vertices.a(w)) < 0) lowest = i
  })
  const ring = Array.from({ length: ids.length + 1 }, (_, i): Position => {
    const v = ids[(lowest + i) % ids.length]!
    return [toDegrees(vertices.a(v)), toDegrees(vertices.b(v))]
  })
  return ring
}

/** By the first point, then by the second: two holes may touch in their first. */
function compareRings(one: Ring, other: Ring): number {
  for (const i of [0, 1]) {
    const [[x1, y1], [x2, y2]] = [one[i]!, other[i]!]
    if (y1 !== y2 || x1 !== x2) return y1 - y2 || x1 - x2
  }
  return 0
}
