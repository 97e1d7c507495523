import { useMemo } from 'react'
import { knownMeasure, seenUnit } from '../../../domain/wall/fallbacks.ts'
import { BUSIEST_STREET } from '../../../domain/wall/panel.ts'
import type { RankingPlaces } from '../../../domain/wall/ranking.ts'
import type { Scene } from '../../../domain/wall/scene.ts'
import { USUAL_HEXAGON_M, WALL_LAYERS } from '../../../domain/wall/scene.ts'
import type { AreaShapes } from '../../api/endpoints.ts'
import { useDensity } from '../../density/use-density.ts'
import type { MapGrids, MapLayers } from '../../map/map-types.ts'
import type { Theme } from '../../ui/palettes.ts'
import { type CaseStores, chooseCases, type Moment } from '../../wall/wall-cases.ts'

const CLASSES = { classMethod: 'quantile', classCount: 5 } as const

/** What the map shows of a scene: its cases, how places are coloured, its layers. */
export function useSceneMap(
  scene: Scene,
  stores: CaseStores,
  { now, timeZone, knownTo, busiest, replayAt }: Moment,
  {
    grids,
    areas,
    places,
  }: { grids: MapGrids | undefined; areas: AreaShapes | undefined; places: RankingPlaces },
  theme: Theme,
) {
  const { map } = scene
  const source = map.source ? (map.source.kind === 'incidents' ? map.source : null) : scene.source
  const area = source?.area === BUSIEST_STREET ? busiest : null
  // Minutes: what is reported is in the columns at once, only deadlines pass with time
  const minute = Math.floor(now / 60) * 60
  const knownMinute = Math.floor(knownTo / 60) * 60
  const chosen = useMemo(
    () =>
      source &&
      chooseCases(stores, source, { now: minute, timeZone, knownTo: knownMinute, busiest: area, replayAt }),
    [source, stores, minute, timeZone, knownMinute, area, replayAt],
  )
  const layers = useMemo(
    () =>
      Object.fromEntries(
        WALL_LAYERS.map((layer) => [layer, map.layers.includes(layer)]),
      ) as unknown as MapLayers,
    [map],
  )
  const input = useMemo(
    () =>
      chosen && grids && areas && layers.grids
        ? {
            selection: chosen.selection,
            context: chosen.store.context,
            latitude: chosen.store.latitude,
            grids,
            areas,
          }
        : null,
    [chosen, grids, areas, layers.grids],
  )
  const by = useMemo(() => seenUnit(map.by, places.areas) ?? map.by, [map.by, places.areas])
  const measure = useMemo(
    () => knownMeasure(map.measure, grids?.features.map(({ properties }) => properties) ?? null),
    [map.measure, grids],
  )
  const choice = { by, measure, hexSizeM: map.hexSizeM ?? USUAL_HEXAGON_M, ...CLASSES }
  const density = useDensity(input, choice, theme)
  return { chosen, density, layers, source }
}
