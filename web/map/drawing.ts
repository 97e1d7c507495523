import type { GeoJSONSourceSpecification, LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { AreaLevel } from '../../domain/area.ts'
import type { Language } from '../../domain/district.ts'
import type { MultiPolygon } from '../../domain/geometry.ts'
import type { PlaceFeatures } from '../../domain/place.ts'
import {
  AREA_LABEL_SOURCE,
  AREA_SOURCE,
  areaBorderLayers,
  areaFillLayers,
  areaLabelLayers,
  areaOutlineLayers,
} from '../areas/areas-layer.ts'
import { BUILDING_SOURCE, flatBuildingLayers, tallBuildingLayers } from '../buildings/buildings-layer.ts'
import {
  GRID_LABEL_SOURCE,
  GRID_SOURCE,
  gridBorderLayers,
  gridFillLayers,
  gridLabelLayers,
  gridOutlineLayers,
} from '../grids/grids-layer.ts'
import { CLUSTER_SPACE_SOURCE, clusterSpaceLayers } from '../incidents/cluster-space.ts'
import { PLACE_SOURCE, placeLayers } from '../places/places-layer.ts'
import { MAP_COLOURS } from '../ui/map-colours.ts'
import type { Theme } from '../ui/palettes.ts'
import { BASE_SOURCE, type BaseLayers, openMapTilesLayers } from './base-style.ts'
import { labelPoint } from './label-point.ts'
import { inOrder } from './layer-order.ts'
import type { MapAreas, MapChoropleth, MapGrids, MapLayers } from './map-types.ts'
import { tiandituLayers, tiandituSources } from './tianditu.ts'
import type { TileSource, TileSources } from './use-tile-sources.ts'

/** An own base map of the deployment, as its style file describes it. */
export interface ForeignStyle {
  sources: Record<string, SourceSpecification>
  layers: LayerSpecification[]
}

export type Base =
  | { kind: 'none' }
  | { kind: 'tiles'; tiles: TileSource }
  | { kind: 'tianditu'; key: string }
  | { kind: 'style'; style: ForeignStyle }

export interface DrawingInputs {
  theme: Theme
  language: Language
  base: Base
  tiles: TileSources
  shapes: MapShapes
  /** where the bubbles of clusters stand */
  clusterSpace: GeoJSONSourceSpecification
  layers: MapLayers
  by: MapChoropleth['by'] | null
  selectedGrid: string | null
  tilted: boolean
}

/** What MapLibre draws: sources by id, and layers from the bottom up. */
export interface Drawing {
  sources: Record<string, SourceSpecification>
  layers: LayerSpecification[]
}

/** The shapes that do not come as tiles, and the points where names are written. */
export interface MapShapes {
  areas: GeoJSONSourceSpecification
  areaLabels: GeoJSONSourceSpecification
  gridLabels: GeoJSONSourceSpecification
  places: GeoJSONSourceSpecification
  areaNames: string[]
}

export function mapShapes(
  grids: MapGrids | null,
  areas: MapAreas | null,
  places: PlaceFeatures | null,
): MapShapes {
  return {
    areas: { type: 'geojson', promoteId: 'code', data: areas ?? NO_SHAPES },
    areaLabels: labelsOf(areas),
    gridLabels: labelsOf(grids),
    places: { type: 'geojson', data: places ?? NO_SHAPES },
    areaNames: (areas?.features ?? []).map(({ properties }) => properties.name),
  }
}

const NO_SHAPES = { type: 'FeatureCollection' as const, features: [] }

interface Named {
  code: string
  name: string
  nameEn: string | null
}

function labelsOf(
  shapes: { features: { properties: Named; geometry: { coordinates: MultiPolygon } }[] } | null,
): GeoJSONSourceSpecification {
  const features = shapes?.features.flatMap(({ properties, geometry }) => {
    const coordinates = labelPoint(geometry.coordinates)
    return coordinates
      ? [{ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates } }]
      : []
  })
  return { type: 'geojson', data: features ? { type: 'FeatureCollection', features } : NO_SHAPES }
}

/** The whole map for these inputs: nothing of what is drawn depends on what was drawn before. */
export function drawing(inputs: DrawingInputs): Drawing {
  const { theme, language, layers, by, tiles, shapes, selectedGrid, tilted } = inputs
  const colours = MAP_COLOURS[theme]
  const base = baseDrawing(inputs)
  const level = layers.grids && (by === 'community' || by === 'street' || by === 'district') ? by : null
  const grid = <T>(list: T[]): T[] => (tiles.grids ? list : [])
  const building = <T>(list: T[]): T[] => (tiles.buildings ? list : [])
  const labelled = layers.labels
  return {
    sources: {
      ...(layers.base ? base.sources : {}),
      ...(tiles.grids ? { [GRID_SOURCE]: { ...tiles.grids, promoteId: 'code' } } : {}),
      ...(tiles.buildings ? { [BUILDING_SOURCE]: tiles.buildings } : {}),
      [AREA_SOURCE]: shapes.areas,
      [AREA_LABEL_SOURCE]: shapes.areaLabels,
      [GRID_LABEL_SOURCE]: shapes.gridLabels,
      [PLACE_SOURCE]: shapes.places,
      [CLUSTER_SPACE_SOURCE]: inputs.clusterSpace,
    },
    layers: inOrder({
      ground: [
        { id: 'background', type: 'background', paint: { 'background-color': colours.ground } },
        ...(layers.base ? base.layers.ground : []),
      ],
      choropleth: [
        ...grid(gridFillLayers(colours, layers.grids && by === 'grid')),
        ...areaFillLayers(colours, level satisfies AreaLevel | null),
      ],
      baseLines: layers.base ? base.layers.lines : [],
      buildingsFlat: building(flatBuildingLayers(colours, layers.buildings && !tilted)),
      gridBorders: grid(gridBorderLayers(colours, layers.grids)),
      areaBorders: areaBorderLayers(colours, layers.areas),
      outlines: [...areaOutlineLayers(colours, level), ...grid(gridOutlineLayers(colours, selectedGrid))],
      buildingsTall: building(tallBuildingLayers(colours, layers.buildings && tilted)),
      places: placeLayers(colours, language, layers.places),
      baseLabels: layers.base && labelled ? base.layers.labels : [],
      gridLabels: gridLabelLayers(colours, language, labelled && layers.grids),
      areaLabels: areaLabelLayers(colours, language, labelled && layers.areas),
      clusterSpace: clusterSpaceLayers(layers.points),
    }),
  }
}

function baseDrawing({ base, theme, language, layers, shapes }: DrawingInputs): {
  sources: Record<string, SourceSpecification>
  layers: BaseLayers
} {
  switch (base.kind) {
    case 'none':
      return { sources: {}, layers: { ground: [], lines: [], labels: [] } }
    case 'tiles':
      return {
        sources: { [BASE_SOURCE]: base.tiles },
        layers: openMapTilesLayers(MAP_COLOURS[theme], language, {
          names: layers.areas ? shapes.areaNames : [],
          gridsNamed: layers.grids,
        }),
      }
    case 'tianditu':
      return { sources: tiandituSources(base.key, language), layers: tiandituLayers(theme) }
    case 'style': {
      const { sources, layers: drawn } = base.style
      const isLabel = (layer: LayerSpecification) => layer.type === 'symbol'
      return {
        sources,
        layers: {
          ground: drawn.filter((layer) => !isLabel(layer)),
          lines: [],
          labels: drawn.filter(isLabel),
        },
      }
    }
  }
}
