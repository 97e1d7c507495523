import { ByteBuffer, LONGEST_VARINT, putVarint } from './byte-buffer.ts'
import { clipLines } from './clip-line.ts'
import { PolygonClipper } from './clip-polygon.ts'
import { EdgeClipper } from './edge-clipper.ts'
import { doubleArea, doubleAreaOfTidy, ringContains, ringsCross, tidyRing } from './ring.ts'
import { LINE, POINT, POLYGON, Shape } from './shape.ts'
import type { TileFrame } from './tile-frame.ts'

const MOVE_TO = 1
const LINE_TO = 2
const CLOSE_PATH = 15

export interface GeometryOptions {
  /**
   * true: vertices on a straight line stay. For polygons that share edges, where the vertex may be the corner
   * of a neighbour.
   */
  keepStraight?: boolean
}

/** Writes shapes as the geometry commands of MVT 2.1 (section 4.3), clipped to a tile and its buffer. */
export class GeometryEncoder {
  /** the commands of the last shape */
  readonly commands = new ByteBuffer(4096)
  readonly #clipper: EdgeClipper
  readonly #polygonClipper: PolygonClipper
  readonly #clipped = new Shape()
  readonly #keepStraight: boolean
  #cursorX = 0
  #cursorY = 0

  constructor(frame: TileFrame, { keepStraight = false }: GeometryOptions = {}) {
    this.#clipper = new EdgeClipper(-frame.buffer, frame.extent + frame.buffer)
    this.#polygonClipper = new PolygonClipper(-frame.buffer, frame.extent + frame.buffer)
    this.#keepStraight = keepStraight
  }

  /** False when nothing of the shape is left in the tile. The shape's rings may be tidied in place. */
  encode(shape: Shape): boolean {
    const { low, high } = this.#clipper
    this.commands.clear()
    this.#cursorX = 0
    this.#cursorY = 0
    if (shape.minX > high || shape.maxX < low || shape.minY > high || shape.maxY < low) return false
    const reachesOut = shape.minX < low || shape.maxX > high || shape.minY < low || shape.maxY > high
    if (shape.kind === POINT) this.#points(shape)
    else if (shape.kind === LINE) this.#lines(reachesOut ? this.#clipLines(shape) : shape)
    else if (shape.kind === POLYGON) this.#polygons(reachesOut ? this.#clipPolygons(shape) : shape)
    return this.commands.length > 0
  }

  #clipLines(shape: Shape): Shape {
    clipLines(shape, this.#clipper, this.#clipped)
    return this.#clipped
  }

  #clipPolygons(shape: Shape): Shape {
    this.#polygonClipper.clip(shape, this.#clipped)
    return this.#clipped
  }

  #points({ xy, vertexCount }: Shape): void {
    const { low, high } = this.#clipper
    let inside = 0
    const kept = xy.slice(0, 2 * vertexCount)
    for (let vertex = 0; vertex < vertexCount; vertex++) {
      const x = xy[2 * vertex]!
      const y = xy[2 * vertex + 1]!
      if (x < low || x > high || y < low || y > high) continue
      kept[2 * inside] = x
      kept[2 * inside + 1] = y
      inside++
    }
    if (inside) this.#draw(MOVE_TO, kept, 0, inside, 1)
  }

  #lines(shape: Shape): void {
    const { xy, partCount } = shape
    for (let part = 0; part < partCount; part++) {
      const start = shape.partStart(part)
      const end = shape.partEnd[part]!
      if (end - start < 2) continue
      this.#draw(MOVE_TO, xy, start, 1, 1)
      this.#draw(LINE_TO, xy, start + 1, end - start - 1, 1)
    }
  }

  #polygons(shape: Shape): void {
    const { xy, partCount, partIsOuter } = shape
    for (let part = 0; part < partCount; ) {
      let after = part + 1
      while (after < partCount && !partIsOuter[after]) after++
      const start = shape.partStart(part)
      let end = shape.partEnd[part]!
      let area = doubleAreaOfTidy(xy, start, end)
      if (Number.isNaN(area)) {
        end = tidyRing(xy, start, end, this.#keepStraight)
        area = end - start > 2 ? doubleArea(xy, start, end) : 0
      }
      if (area !== 0) {
        this.#ring(xy, start, end, area > 0)
        if (after > part + 1) this.#holes(shape, start, end, part + 1, after)
      }
      part = after
    }
  }

  /** Holes that keep inside of their polygon: rounding can push one through a wall thinner than a unit. */
  #holes(shape: Shape, outerStart: number, outerEnd: number, firstPart: number, lastPart: number): void {
    const { xy } = shape
    const written: [start: number, end: number][] = []
    for (let part = firstPart; part < lastPart; part++) {
      const start = shape.partStart(part)
      const end = tidyRing(xy, start, shape.partEnd[part]!, this.#keepStraight)
      const area = end - start > 2 ? doubleArea(xy, start, end) : 0
      if (area === 0 || ringsCross(xy, start, end, outerStart, outerEnd)) continue
      if (!liesWithin(xy, start, end, outerStart, outerEnd)) continue
      if (written.some(([otherStart, otherEnd]) => ringsCross(xy, start, end, otherStart, otherEnd))) continue
      this.#ring(xy, start, end, area < 0)
      written.push([start, end])
    }
  }

  /** MVT asks for outer rings of positive area and holes of negative area. */
  #ring(xy: Float64Array, start: number, end: number, forward: boolean): void {
    this.#draw(MOVE_TO, xy, start, 1, 1)
    if (forward) this.#draw(LINE_TO, xy, start + 1, end - start - 1, 1)
    else this.#draw(LINE_TO, xy, end - 1, end - start - 1, -1)
    this.commands.varint(CLOSE_PATH)
  }

  /** A command to `count` vertices from `first` on, each a difference to the one before. */
  #draw(command: number, xy: Float64Array, first: number, count: number, direction: 1 | -1): void {
    const { commands } = this
    commands.reserve(LONGEST_VARINT * (1 + 2 * count))
    const { bytes } = commands
    let at = putVarint(bytes, commands.length, count * 8 + command)
    let cursorX = this.#cursorX
    let cursorY = this.#cursorY
    let place = 2 * first
    const step = 2 * direction
    for (let i = 0; i < count; i++) {
      const x = xy[place]! | 0
      const y = xy[place + 1]! | 0
      const stepX = zigzag(x - cursorX)
      if (stepX < 128) bytes[at++] = stepX
      else at = putVarint(bytes, at, stepX)
      const stepY = zigzag(y - cursorY)
      if (stepY < 128) bytes[at++] = stepY
      else at = putVarint(bytes, at, stepY)
      cursorX = x
      cursorY = y
      place += step
    }
    this.#cursorX = cursorX
    this.#cursorY = cursorY
    commands.length = at
  }
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31)
}

/** Whether some vertex of a ring that does not cross the outer one lies inside it. */
function liesWithin(
  xy: Float64Array,
  start: number,
  end: number,
  outerStart: number,
  outerEnd: number,
): boolean {
  for (let vertex = start; vertex < end; vertex++) {
    if (ringContains(xy, outerStart, outerEnd, xy[2 * vertex]!, xy[2 * vertex + 1]!)) return true
  }
  return false
}
