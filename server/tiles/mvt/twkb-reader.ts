import { LINE, POINT, POLYGON, type Shape, type ShapeKind } from './shape.ts'
import type { TileFrame } from './tile-frame.ts'

const HAS_BOX = 1
const HAS_SIZE = 2
const HAS_IDS = 4
const HAS_MORE_DIMENSIONS = 8
const IS_EMPTY = 16
const TWO_TO_28 = 0x10000000

const COLLECTION = 7

/**
 * Reads geometries of Tiny Well-known Binary (TWKB 0.23, as PostGIS writes it) one after another from one
 * stretch of bytes. A geometry tells its own end, so a concatenation of any number needs no lengths.
 */
export class TwkbReader {
  /** where the next geometry begins */
  position = 0
  readonly #bytes: Uint8Array
  #extraDimensions = 0
  /** the running coordinate, in steps of the precision; every vertex is a difference to the one before */
  #x = 0
  #y = 0
  // How steps become the tile's units, kept from one geometry to the next
  #frame: TileFrame | null = null
  #precision = 0
  #unitsPerStep = 1
  #middle = 0
  #left = 0
  #top = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.position >= this.#bytes.length
  }

  /**
   * Reads the next geometry, in metres of EPSG:3857, into the tile's units. Multi-geometries become the parts
   * of one shape; an empty one leaves a shape of kind 0.
   * @throws Error for a collection, which a layer cannot hold, and for bytes that are no TWKB
   */
  read(frame: TileFrame, shape: Shape): void {
    const bytes = this.#bytes
    const head = bytes[this.position++]!
    const flags = bytes[this.position++]!
    const type = head & 15
    const precision = unzigzag(head >> 4)
    if (type < 1 || type >= COLLECTION) throw new Error(`TWKB of type ${type} has no place in a tile`)
    let dimensions = 2
    if (flags & HAS_MORE_DIMENSIONS) {
      const more = bytes[this.position++]!
      dimensions += (more & 1) + ((more >> 1) & 1)
    }
    if (flags & HAS_SIZE) this.#unsigned()
    const kind = (((type - 1) % 3) + 1) as ShapeKind
    shape.clear(flags & IS_EMPTY ? 0 : kind)
    if (flags & IS_EMPTY) return
    if (flags & HAS_BOX) for (let i = 0; i < 2 * dimensions; i++) this.#unsigned()

    if (frame !== this.#frame || precision !== this.#precision) this.#scaleTo(frame, precision)
    this.#extraDimensions = dimensions - 2
    this.#x = 0
    this.#y = 0
    const isMulti = type > POLYGON
    const members = isMulti ? this.#unsigned() : 1
    if (isMulti && flags & HAS_IDS) for (let i = 0; i < members; i++) this.#unsigned()
    if (kind === POINT) {
      this.#vertices(members, shape)
      shape.endPart(false)
    } else {
      for (let member = 0; member < members; member++) this.#member(kind, shape)
    }
    if (this.position > this.#bytes.length) throw new Error('TWKB is cut off')
  }

  #scaleTo(frame: TileFrame, precision: number): void {
    this.#frame = frame
    this.#precision = precision
    this.#unitsPerStep = frame.unitsPerMetre / 10 ** precision
    this.#middle = (frame.extent * 2 ** frame.z) / 2 + 0.5
    this.#left = frame.left
    this.#top = frame.top
  }

  #member(kind: ShapeKind, shape: Shape): void {
    if (kind === LINE) {
      this.#vertices(this.#unsigned(), shape)
      shape.endPart(false)
      return
    }
    const rings = this.#unsigned()
    for (let ring = 0; ring < rings; ring++) {
      this.#vertices(this.#unsigned(), shape)
      shape.endPart(ring === 0)
    }
  }

  /** The inner loop of every tile: no call, no object and no check of room a vertex. */
  #vertices(count: number, shape: Shape): void {
    shape.reserve(count)
    const bytes = this.#bytes
    if (count > bytes.length) throw new Error('TWKB is cut off')
    const xy = shape.xy
    const unitsPerStep = this.#unitsPerStep
    const middle = this.#middle
    const left = this.#left
    const top = this.#top
    const extraDimensions = this.#extraDimensions
    const mayRepeat = shape.kind === POINT
    let { minX, minY, maxX, maxY } = shape
    let at = 2 * shape.vertexCount
    let x = this.#x
    let y = this.#y
    let unitX = Number.NaN
    let unitY = Number.NaN
    let position = this.position
    for (let i = 0; i < count; i++) {
      // Nearly all differences take one byte or two
      const x0 = bytes[position]!
      if (x0 < 128) {
        x += (x0 >>> 1) ^ -(x0 & 1)
        position += 1
      } else if (bytes[position + 1]! < 128) {
        x += ((bytes[position + 1]! << 6) | ((x0 & 127) >>> 1)) ^ -(x0 & 1)
        position += 2
      } else {
        this.position = position
        x += this.#signed()
        position = this.position
      }
      const y0 = bytes[position]!
      if (y0 < 128) {
        y += (y0 >>> 1) ^ -(y0 & 1)
        position += 1
      } else if (bytes[position + 1]! < 128) {
        y += ((bytes[position + 1]! << 6) | ((y0 & 127) >>> 1)) ^ -(y0 & 1)
        position += 2
      } else {
        this.position = position
        y += this.#signed()
        position = this.position
      }
      if (extraDimensions > 0) {
        this.position = position
        for (let extra = 0; extra < extraDimensions; extra++) this.#unsigned()
        position = this.position
      }

      // Half a unit is in `middle`: Math.floor is one machine instruction, Math.round a dozen
      const nextX = Math.floor(middle + x * unitsPerStep) - left
      const nextY = Math.floor(middle - y * unitsPerStep) - top
      if (nextX === unitX && nextY === unitY && !mayRepeat) continue
      unitX = nextX
      unitY = nextY
      xy[at++] = unitX
      xy[at++] = unitY
      if (unitX < minX) minX = unitX
      if (unitX > maxX) maxX = unitX
      if (unitY < minY) minY = unitY
      if (unitY > maxY) maxY = unitY
    }
    this.position = position
    this.#x = x
    this.#y = y
    shape.vertexCount = at >> 1
    shape.minX = minX
    shape.minY = minY
    shape.maxX = maxX
    shape.maxY = maxY
  }

  #unsigned(): number {
    const bytes = this.#bytes
    let value = 0
    let scale = 1
    for (;;) {
      const byte = bytes[this.position++]
      if (byte === undefined) throw new Error('TWKB is cut off')
      value += (byte & 127) * scale
      if (byte < 128) return value
      scale *= 128
    }
  }

  #signed(): number {
    return unzigzag(this.#unsigned())
  }
}

function unzigzag(value: number): number {
  if (value < TWO_TO_28) return (value >>> 1) ^ -(value & 1)
  return value % 2 ? -(value + 1) / 2 : value / 2
}
