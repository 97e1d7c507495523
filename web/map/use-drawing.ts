import type { StyleSpecification } from 'maplibre-gl'
import { useEffect, useMemo, useRef } from 'react'
import type { PlaceFeatures } from '../../domain/place.ts'
import { AREA_SOURCE } from '../areas/areas-layer.ts'
import { GRID_SOURCE, GRID_SOURCE_LAYER } from '../grids/grids-layer.ts'
import { clusterSpaces } from '../incidents/cluster-space.ts'
import type { Cluster } from '../incidents/clusters.ts'
import { applyDrawing } from './apply-drawing.ts'
import { type DrawingInputs, drawing, mapShapes } from './drawing.ts'
import { colourFeatures, type FeatureSource } from './feature-colours.ts'
import { fontFaces } from './font-faces.ts'
import { isLost, type MapInstance } from './map-instance.ts'
import type { MapAreas, MapChoropleth, MapGrids } from './map-types.ts'

interface Props extends Omit<DrawingInputs, 'shapes' | 'by' | 'clusterSpace'> {
  grids: MapGrids | null
  areas: MapAreas | null
  places: PlaceFeatures | null
  choropleth: MapChoropleth | null
  /** as deck.gl draws them */
  clusters: readonly Cluster[] | null
  /** the deployment's own style, for its fonts and symbols */
  foreign: StyleSpecification | null
}

/** Draws what MapLibre draws: base map, grids, areas, buildings, names. */
export function useDrawing(instance: MapInstance | null, props: Props): void {
  const { theme, language, base, tiles, layers, selectedGrid, tilted, foreign, choropleth } = props
  const shapes = useMemo(
    () => mapShapes(props.grids, props.areas, props.places),
    [props.grids, props.areas, props.places],
  )
  const clusterSpace = useMemo(() => clusterSpaces(props.clusters), [props.clusters])
  const by = choropleth?.by ?? null
  const { base: baseTiles, grids: gridTiles, buildings: buildingTiles } = tiles
  const next = useMemo(
    () =>
      drawing({
        theme,
        language,
        base,
        tiles: { base: baseTiles, grids: gridTiles, buildings: buildingTiles },
        shapes,
        clusterSpace,
        layers,
        by,
        selectedGrid,
        tilted,
      }),
    [
      theme,
      language,
      base,
      baseTiles,
      gridTiles,
      buildingTiles,
      shapes,
      clusterSpace,
      layers,
      by,
      selectedGrid,
      tilted,
    ],
  )

  useEffect(() => {
    if (!instance || !foreign || isLost(instance)) return
    instance.map.setGlyphs(foreign.glyphs ?? null)
    instance.map.setFontFaces({ ...foreign['font-faces'], ...fontFaces() })
    if (typeof foreign.sprite === 'string') instance.map.setSprite(foreign.sprite)
  }, [instance, foreign])

  useEffect(() => {
    if (!instance || isLost(instance)) return
    applyDrawing(instance.map, next, instance.drawn)
    instance.drawn = next
  }, [instance, next])

  useRenewedTiles(instance, props.grids)

  const inSource = by === null || by === 'hexagon' ? null : by === 'grid' ? GRIDS : AREAS
  useFeatureColours(instance, inSource === GRIDS && !gridTiles ? null : inSource, choropleth?.fill ?? NONE)
}

const GRIDS: FeatureSource = { source: GRID_SOURCE, sourceLayer: GRID_SOURCE_LAYER }
const AREAS: FeatureSource = { source: AREA_SOURCE }
const NONE: ReadonlyMap<string, string> = new Map()

/** Grids that changed on the server have changed in its tiles too. */
function useRenewedTiles(instance: MapInstance | null, grids: MapGrids | null): void {
  const known = useRef(grids)
  useEffect(() => {
    const changed = known.current !== null && known.current !== grids
    known.current = grids
    if (changed && instance?.map.getSource(GRID_SOURCE)) instance.map.refreshTiles(GRID_SOURCE)
  }, [instance, grids])
}

function useFeatureColours(
  instance: MapInstance | null,
  of: FeatureSource | null,
  fill: ReadonlyMap<string, string>,
): void {
  const coloured = useRef({ instance, of, fill: NONE })
  useEffect(() => {
    // Nothing is known of another map's colours, and the one before is not to be kept
    if (coloured.current.instance !== instance) coloured.current = { instance, of: null, fill: NONE }
    if (!instance || !of || isLost(instance)) return
    const before = coloured.current
    const same = before.of === of
    if (!same && before.of) colourFeatures(instance.map, before.of, NONE, before.fill)
    colourFeatures(instance.map, of, fill, same ? before.fill : NONE)
    coloured.current = { instance, of, fill }
  }, [instance, of, fill])
}
