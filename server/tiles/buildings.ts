import { GeometryEncoder } from './mvt/geometry-encoder.ts'
import { Layer, tileOf } from './mvt/layer.ts'
import { Shape } from './mvt/shape.ts'
import type { TileFrame } from './mvt/tile-frame.ts'
import { TwkbReader } from './mvt/twkb-reader.ts'

/** Before the footprint of a packed building: id (8 bytes), height (4), length of the grid's code (2), the code. */
const HEIGHT_AT = 8
const GRID_LENGTH_AT = 12
const GRID_AT = 14

/** The layer `buildings` of what `packBuildings` answers: id, `height` (m, where known), `grid` (where in one). */
export function encodeBuildings(frame: TileFrame, packed: Uint8Array): Uint8Array {
  const layer = new Layer('buildings', frame.extent, new GeometryEncoder(frame))
  const heightKey = layer.key('height')
  const gridKey = layer.key('grid')
  const shape = new Shape()
  const reader = new TwkbReader(packed)
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const gridValues = new GridValues(packed, layer)
  while (!reader.atEnd) {
    const start = reader.position
    const gridAt = start + GRID_AT
    const footprintAt = gridAt + view.getUint16(start + GRID_LENGTH_AT)
    reader.position = footprintAt
    reader.read(frame, shape)
    if (!layer.draw(shape)) continue
    const height = view.getFloat32(start + HEIGHT_AT)
    if (height > 0) layer.tag(heightKey, layer.float(height))
    if (footprintAt > gridAt) layer.tag(gridKey, gridValues.of(gridAt, footprintAt))
    layer.add(view.getUint32(start) * 2 ** 32 + view.getUint32(start + 4))
  }
  return tileOf([layer])
}

/** Finds the layer's value of a code that mostly is the one before, which costs a comparison and no text. */
class GridValues {
  readonly #bytes: Buffer
  readonly #layer: Layer
  #start = 0
  #end = 0
  #value = 0

  constructor(bytes: Uint8Array, layer: Layer) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#layer = layer
  }

  of(start: number, end: number): number {
    if (!this.#repeats(start, end)) this.#value = this.#layer.text(this.#bytes.toString('utf8', start, end))
    this.#start = start
    this.#end = end
    return this.#value
  }

  #repeats(start: number, end: number): boolean {
    const length = end - start
    if (length !== this.#end - this.#start) return false
    const bytes = this.#bytes
    for (let i = length - 1; i >= 0; i--) if (bytes[start + i] !== bytes[this.#start + i]) return false
    return true
  }
}
