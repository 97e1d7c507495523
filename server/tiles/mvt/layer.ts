import { ByteBuffer, LONGEST_VARINT, putVarint, varintLength } from './byte-buffer.ts'
import type { GeometryEncoder } from './geometry-encoder.ts'
import type { Shape } from './shape.ts'

// Field number << 3 | wire type, of vector_tile.proto
const TILE_LAYER = 0x1a
const LAYER_NAME = 0x0a
const LAYER_FEATURE = 0x12
const LAYER_KEY = 0x1a
const LAYER_VALUE = 0x22
const LAYER_EXTENT = 0x28
const LAYER_VERSION = 0x78
const FEATURE_ID = 0x08
const FEATURE_TAGS = 0x12
const FEATURE_TYPE = 0x18
const FEATURE_GEOMETRY = 0x22
const VALUE_TEXT = 0x0a
const VALUE_FLOAT = 0x15
const VALUE_DOUBLE = 0x19
const VALUE_UNSIGNED = 0x28

const VERSION = 2

const single = new Float32Array(1)
const bitsOfSingle = new Int32Array(single.buffer)

/**
 * One layer of a tile under way. A feature is written in three steps: `draw` its geometry, `tag` its
 * attributes, `add` it. Keys and values stand once in the layer however many features share them.
 */
export class Layer {
  readonly #name: string
  readonly #extent: number
  readonly #geometry: GeometryEncoder
  readonly #features = new ByteBuffer(16384)
  readonly #keys = new Map<string, number>()
  readonly #values = new ByteBuffer(4096)
  /** a value under way */
  readonly #content = new ByteBuffer(64)
  #valueCount = 0
  readonly #texts = new Map<string, number>()
  /** by the bits of the single: whole numbers are found faster than fractions */
  readonly #floats = new Map<number, number>()
  readonly #numbers = new Map<number, number>()
  readonly #tags = new ByteBuffer(64)
  #shapeKind = 0
  #featureCount = 0

  constructor(name: string, extent: number, geometry: GeometryEncoder) {
    this.#name = name
    this.#extent = extent
    this.#geometry = geometry
  }

  get featureCount(): number {
    return this.#featureCount
  }

  /** The number that stands for a key in `tag`. */
  key(name: string): number {
    let index = this.#keys.get(name)
    if (index === undefined) {
      index = this.#keys.size
      this.#keys.set(name, index)
    }
    return index
  }

  /** Begins a feature. False when nothing of the shape is left in the tile: then leave it. */
  draw(shape: Shape): boolean {
    this.#tags.clear()
    this.#shapeKind = shape.kind
    return this.#geometry.encode(shape)
  }

  /** The number that stands for a text in `tag`, for a value that many features share. */
  text(value: string): number {
    let index = this.#texts.get(value)
    if (index === undefined) {
      const content = this.#content
      content.clear()
      content.varint(VALUE_TEXT)
      content.text(value)
      index = this.#addValue()
      this.#texts.set(value, index)
    }
    return index
  }

  /** The same for a number of single precision. */
  float(value: number): number {
    single[0] = value
    const bits = bitsOfSingle[0]!
    let index = this.#floats.get(bits)
    if (index === undefined) {
      const content = this.#content
      content.clear()
      content.varint(VALUE_FLOAT)
      content.float32(value)
      index = this.#addValue()
      this.#floats.set(bits, index)
    }
    return index
  }

  /** The same for any number: whole ones from 0 up are written as such, others in double precision. */
  number(value: number): number {
    let index = this.#numbers.get(value)
    if (index === undefined) {
      const content = this.#content
      content.clear()
      if (Number.isSafeInteger(value) && value >= 0) {
        content.varint(VALUE_UNSIGNED)
        content.varint(value)
      } else {
        content.varint(VALUE_DOUBLE)
        content.float64(value)
      }
      index = this.#addValue()
      this.#numbers.set(value, index)
    }
    return index
  }

  #addValue(): number {
    this.#values.varint(LAYER_VALUE)
    this.#values.message(this.#content)
    return this.#valueCount++
  }

  /** Gives the feature an attribute: a key's number and a value's number. */
  tag(key: number, value: number): void {
    const tags = this.#tags
    tags.reserve(2 * LONGEST_VARINT)
    tags.length = putVarint(tags.bytes, putVarint(tags.bytes, tags.length, key), value)
  }

  /** Ends the feature. `id` is a whole number from 0 to 2^53, unique in the layer, or null. */
  add(id: number | null): void {
    const tags = this.#tags
    const { commands } = this.#geometry
    const features = this.#features
    const length =
      (id === null ? 0 : 1 + varintLength(id)) +
      (tags.length ? 1 + varintLength(tags.length) + tags.length : 0) +
      2 +
      (1 + varintLength(commands.length) + commands.length)
    features.reserve(length + 2 * LONGEST_VARINT)
    const { bytes } = features
    let at = putVarint(bytes, features.length, LAYER_FEATURE)
    at = putVarint(bytes, at, length)
    if (id !== null) {
      bytes[at++] = FEATURE_ID
      at = putVarint(bytes, at, id)
    }
    if (tags.length) {
      bytes[at++] = FEATURE_TAGS
      at = putVarint(bytes, at, tags.length)
      at = tags.copyTo(bytes, at)
    }
    bytes[at++] = FEATURE_TYPE
    bytes[at++] = this.#shapeKind
    bytes[at++] = FEATURE_GEOMETRY
    at = putVarint(bytes, at, commands.length)
    features.length = commands.copyTo(bytes, at)
    this.#featureCount++
  }

  /** Appends the layer to a tile. */
  writeTo(tile: ByteBuffer): void {
    const head = new ByteBuffer(64)
    head.varint(LAYER_VERSION)
    head.varint(VERSION)
    head.varint(LAYER_NAME)
    head.text(this.#name)
    const tail = new ByteBuffer(256)
    for (const key of this.#keys.keys()) {
      tail.varint(LAYER_KEY)
      tail.text(key)
    }
    tail.append(this.#values)
    tail.varint(LAYER_EXTENT)
    tail.varint(this.#extent)
    const length = head.length + this.#features.length + tail.length
    tile.reserve(length + 2 * LONGEST_VARINT)
    tile.varint(TILE_LAYER)
    tile.varint(length)
    for (const part of [head, this.#features, tail]) tile.append(part)
  }
}

/** A tile of these layers, whose names differ. A layer without features leaves no trace, nor does a tile of none. */
export function tileOf(layers: Iterable<Layer>): Uint8Array {
  const tile = new ByteBuffer(0)
  for (const layer of layers) if (layer.featureCount) layer.writeTo(tile)
  return tile.bytes.subarray(0, tile.length)
}
