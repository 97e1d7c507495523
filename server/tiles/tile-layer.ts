import type { Bbox } from '../../domain/geometry.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Scope } from '../../domain/scope.ts'
import type { TileJson, TileLayerName } from '../../domain/tile.ts'
import type { Queryable } from '../database/database.ts'

/** Which data somebody asks for. */
export interface TileView {
  scope: Scope
  /** the coverage in force on this day */
  asOf: Day
}

/** What a layer is asked with: whose view it is, and where the asker reads. */
export interface TileAsk extends TileView {
  db: Queryable
}

export interface TilePlace {
  z: number
  x: number
  y: number
}

/** A tile as it is kept and sent. No bytes: nothing is there. */
export interface TileBytes {
  bytes: Uint8Array
  isGzipped: boolean
}

export interface ZoomRange {
  minZoom: number
  maxZoom: number
}

export interface LayerDescription extends ZoomRange {
  bounds: Bbox | null
  /** who must be credited, one entry a source */
  attributions: string[]
  vectorLayers: TileJson['vector_layers']
}

/** One of the layers under `/tiles`. */
export interface TileLayer {
  readonly name: TileLayerName
  zooms(): Promise<ZoomRange>
  describe(ask: TileAsk): Promise<LayerDescription>
  /** A text that is another one when a tile may have changed. */
  version(view: TileView): Promise<string>
  make(place: TilePlace, ask: TileAsk): Promise<TileBytes>
}

export const NOTHING: TileBytes = { bytes: new Uint8Array(), isGzipped: false }
