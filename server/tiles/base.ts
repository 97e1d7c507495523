import { GeometryEncoder } from './mvt/geometry-encoder.ts'
import { Layer, tileOf } from './mvt/layer.ts'
import { Shape } from './mvt/shape.ts'
import type { TileFrame } from './mvt/tile-frame.ts'
import { TwkbReader } from './mvt/twkb-reader.ts'
import type { BaseFeature } from './queries.ts'

/** A tile of the OpenMapTiles layers among the features, with `class`, `name` and `name_en`. */
export function encodeBase(frame: TileFrame, features: readonly BaseFeature[]): Uint8Array {
  const geometry = new GeometryEncoder(frame)
  const layers = new Map<string, Layer>()
  const shape = new Shape()
  for (const feature of features) {
    let layer = layers.get(feature.layer)
    if (!layer) {
      layer = new Layer(feature.layer, frame.extent, geometry)
      layers.set(feature.layer, layer)
    }
    new TwkbReader(feature.shape).read(frame, shape)
    if (!layer.draw(shape)) continue
    layer.tag(layer.key('class'), layer.text(feature.class))
    if (feature.name) layer.tag(layer.key('name'), layer.text(feature.name))
    if (feature.nameEn) layer.tag(layer.key('name_en'), layer.text(feature.nameEn))
    layer.add(null)
  }
  return tileOf(layers.values())
}
