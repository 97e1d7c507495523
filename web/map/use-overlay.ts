import { useEffect, useMemo } from 'react'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { hexagonTiling } from '../../domain/density/hexagons.ts'
import type { Position } from '../../domain/geometry.ts'
import { colouredHexagons, hexagonsLayer } from '../density/hexagons-layer.ts'
import type { Cluster } from '../incidents/clusters.ts'
import { clustersLayers } from '../incidents/clusters-layer.ts'
import { heatData } from '../incidents/heat.ts'
import { heatLayer } from '../incidents/heat-layer.ts'
import { chosenCaseLayer, pointsLayers } from '../incidents/points-layer.ts'
import { spots } from '../incidents/spots.ts'
import { useFormat } from '../ui/format.ts'
import type { Theme } from '../ui/palettes.ts'
import type { Overlaid } from './find-target.ts'
import { isLost, type MapInstance } from './map-instance.ts'
import type { MapChoropleth, MapLayers } from './map-types.ts'
import { inSlot, slotHolders } from './slot-holders.ts'
import type { Frame } from './use-frame.ts'

interface Props {
  /** seconds after 1970: what is overdue is drawn so */
  now: number
  theme: Theme
  layers: MapLayers
  choropleth: MapChoropleth | null
  incidents: IncidentColumns | null
  rows: Uint32Array | null
  frame: Frame
  /** of the chosen case */
  selectedPlace: Position | null
  /** from useClusters */
  clusters: Cluster[] | null
}

/** Draws what deck.gl draws: hexagons, heat, clusters, points. Answers what of it the pointer can meet. */
export function useOverlay(instance: MapInstance | null, props: Props): Overlaid {
  const { now, theme, layers, choropleth, incidents, rows, frame, clusters: gathered, selectedPlace } = props
  const { short } = useFormat()
  const heat = useMemo(
    () => (incidents && rows && layers.heat ? heatData(incidents, rows) : null),
    [incidents, rows, layers.heat],
  )
  const { close, zoom, bbox } = frame
  const single = useMemo(
    () => (incidents && rows && layers.points && close ? spots(incidents, rows, bbox, now) : null),
    [incidents, rows, layers.points, close, bbox, now],
  )
  const tiling = choropleth?.hexagons ?? null
  const hexagons = useMemo(() => {
    if (!tiling || !choropleth || !layers.grids) return null
    const exact = hexagonTiling(tiling.sizeM, tiling.latitude)
    return { tiling: exact, codes: choropleth.fill, drawn: colouredHexagons(exact, choropleth.fill) }
  }, [tiling, choropleth, layers.grids])

  useEffect(() => {
    if (!instance || isLost(instance)) return
    instance.overlay.setProps({
      layers: [
        slotHolders(),
        hexagons && hexagonsLayer(hexagons.drawn, inSlot('slotHexagons')),
        heat && heat.length > 0 && heatLayer(heat, theme, inSlot('slotHeat')),
        gathered && clustersLayers(gathered, theme, short, inSlot('slotPoints')),
        single && pointsLayers(single, zoom, theme, short, inSlot('slotPoints')),
        selectedPlace && chosenCaseLayer(selectedPlace, zoom, theme, inSlot('slotPoints')),
      ],
    })
  }, [instance, hexagons, heat, gathered, single, zoom, theme, short, selectedPlace])

  return useMemo(() => ({ spots: single, clusters: gathered, hexagons }), [single, gathered, hexagons])
}
