import { useEffect, useMemo } from 'react'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { hexagonTiling } from '../../domain/density/hexagons.ts'
import type { Language } from '../../domain/district.ts'
import { colouredHexagons, hexagonsLayer } from '../density/hexagons-layer.ts'
import { clusters } from '../incidents/clusters.ts'
import { clustersLayers } from '../incidents/clusters-layer.ts'
import { heatData, placeWeights } from '../incidents/heat.ts'
import { heatLayer } from '../incidents/heat-layer.ts'
import { pointsLayers } from '../incidents/points-layer.ts'
import { spots } from '../incidents/spots.ts'
import type { Theme } from '../ui/palettes.ts'
import type { Overlaid } from './find-target.ts'
import type { MapInstance } from './map-instance.ts'
import type { MapChoropleth, MapLayers } from './map-types.ts'
import { inSlot, slotHolders } from './slot-holders.ts'
import type { Frame } from './use-frame.ts'

interface Props {
  theme: Theme
  language: Language
  layers: MapLayers
  choropleth: MapChoropleth | null
  incidents: IncidentColumns | null
  rows: Uint32Array | null
  frame: Frame
}

/** Draws what deck.gl draws: hexagons, heat, clusters, points. Answers what of it the pointer can meet. */
export function useOverlay(instance: MapInstance | null, props: Props): Overlaid {
  const { theme, language, layers, choropleth, incidents, rows, frame } = props
  const weights = useMemo(
    () => (incidents && layers.heat ? placeWeights(incidents) : null),
    [incidents, layers.heat],
  )
  const heat = useMemo(
    () => (incidents && rows && weights ? heatData(incidents, rows, weights) : null),
    [incidents, rows, weights],
  )
  const { close, zoom, bbox } = frame
  const gathered = useMemo(
    () => (incidents && rows && layers.points && !close ? clusters(incidents, rows, zoom) : null),
    [incidents, rows, layers.points, close, zoom],
  )
  const single = useMemo(
    () =>
      incidents && rows && layers.points && close ? spots(incidents, rows, bbox, Date.now() / 1000) : null,
    [incidents, rows, layers.points, close, bbox],
  )
  const tiling = choropleth?.hexagons ?? null
  const hexagons = useMemo(() => {
    if (!tiling || !choropleth || !layers.grids) return null
    const exact = hexagonTiling(tiling.sizeM, tiling.latitude)
    return { tiling: exact, codes: choropleth.fill, drawn: colouredHexagons(exact, choropleth.fill) }
  }, [tiling, choropleth, layers.grids])

  useEffect(() => {
    if (!instance) return
    const format = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
    const count = (value: number) => format.format(value)
    instance.overlay.setProps({
      layers: [
        slotHolders(),
        hexagons && hexagonsLayer(hexagons.drawn, inSlot('slotHexagons')),
        heat && heat.length > 0 && heatLayer(heat, theme, inSlot('slotHeat')),
        gathered && clustersLayers(gathered, theme, count, inSlot('slotPoints')),
        single && pointsLayers(single, zoom, theme, count, inSlot('slotPoints')),
      ],
    })
  }, [instance, hexagons, heat, gathered, single, zoom, theme, language])

  return useMemo(() => ({ spots: single, clusters: gathered, hexagons }), [single, gathered, hexagons])
}
