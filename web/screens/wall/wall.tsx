import { useQuery } from '@tanstack/react-query'
import type { Map as MapLibreMap } from 'maplibre-gl'
import { type CSSProperties, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { District } from '../../../domain/district.ts'
import { BUSIEST_STREET } from '../../../domain/wall/panel.ts'
import { isSteered } from '../../../domain/wall/scene-at.ts'
import { heldAt, UNSTEERED } from '../../../domain/wall/steering.ts'
import type { Wall as WallInForce } from '../../../domain/wall/wall.ts'
import { holds } from '../../../domain/wall/when.ts'
import { fetchSteering } from '../../api/endpoints.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { boxesOf } from '../../density/places-in-view.ts'
import { useGrids } from '../../grids/use-grids.ts'
import { useCategories } from '../../incidents/use-categories.ts'
import { useDepartments } from '../../incidents/use-departments.ts'
import type { Inset } from '../../map/camera.ts'
import type { MapAreas } from '../../map/map-types.ts'
import { MapView } from '../../map/map-view.tsx'
import { useMatches } from '../../ui/use-matches.ts'
import { AlarmBanner } from '../../wall/alarm-banner.tsx'
import { shiftAt } from '../../wall/burn-in.ts'
import type { Rect } from '../../wall/camera-path.ts'
import { MapKey } from '../../wall/map-key.tsx'
import { type MapMark, MapMarks } from '../../wall/map-marks.tsx'
import { PanelFrame } from '../../wall/panel-frame.tsx'
import { boxIn } from '../../wall/picture.ts'
import { SceneTitle } from '../../wall/scene-title.tsx'
import { type SettingOut, setOut } from '../../wall/set-out.ts'
import { ageOf } from '../../wall/staleness.ts'
import { TrustBar } from '../../wall/trust-bar.tsx'
import { useAlarms } from '../../wall/use-alarms.ts'
import { useGlide } from '../../wall/use-glide.ts'
import { useNewCases } from '../../wall/use-new-cases.ts'
import { useReport } from '../../wall/use-report.ts'
import { useScene } from '../../wall/use-scene.ts'
import { useTick } from '../../wall/use-tick.ts'
import { useWakeLock } from '../../wall/use-wake-lock.ts'
import { type WallScene, WallSceneContext } from '../../wall/wall-context.ts'
import { type WallPart, WHOLE } from '../../wall/wall-part.ts'
import '../../wall/wall.css'
import { useOwnPart } from '../frame/use-own-part.ts'
import { makeNames } from '../overview/names.ts'
import { useBusiestStreet } from './use-busiest-street.ts'
import { useContextLosses } from './use-context-losses.ts'
import { useNewRelease } from './use-new-release.ts'
import { usePicture } from './use-picture.ts'
import { useReplay } from './use-replay.ts'
import { useSceneMap } from './use-scene-map.ts'
import { useTarget } from './use-target.ts'
import { useWallCases } from './use-wall-cases.ts'
import { useWallLive } from './use-wall-live.ts'

/** A change is told at once; this is for when nothing is told. */
const STEERING_EVERY_MS = 5_000
const FIGURES_EVERY_MS = 5_000

interface WallProps {
  district: District
  wall: WallInForce
  /** a scene that stays, whoever steers: of a preview */
  held: string | null
  part: WallPart
  isWall: boolean
  lost: boolean
}

/** The picture of a wall: one map, what stands over it, and what makes both go on by themselves. */
export function Wall({ district, wall, held, part, isWall, lost }: WallProps) {
  const { t } = useTranslation()
  const { content } = wall
  const { language, theme } = content
  const { timeZone } = district
  const { clockOffsetMs, serverNow, release } = useWallLive()
  const now = useTick(serverNow, FIGURES_EVERY_MS)
  const reducedMotion = useMatches('(prefers-reduced-motion: reduce)')
  const ownPart = useOwnPart()
  const { width, height, picture } = usePicture(part, content.safeArea)
  useWakeLock()

  const { data: steering = UNSTEERED } = useQuery({
    queryKey: ['wall_steering', wall.id],
    queryFn: ({ signal }) => fetchSteering(wall.id, signal),
    refetchInterval: STEERING_EVERY_MS,
    refetchIntervalInBackground: true,
  })
  const holding = useMemo(() => (held === null ? steering : heldAt(held)), [held, steering])
  const standing = useScene(content, holding, timeZone, serverNow)
  useNewRelease(release, standing.beganAt)
  // Whoever edits a wall is not alarmed by it
  const { front: alarm, standing: alarms } = useAlarms(
    held === null ? wall.id : null,
    content.alarms,
    serverNow,
  )
  const broughtBy = content.alarms.find(({ id }) => id === alarm?.alarm.ruleId)
  const scene = content.scenes.find(({ id }) => alarm && id === broughtBy?.scene) ?? standing.scene
  const beganAt = Math.max(standing.beganAt, alarm?.beganAt ?? 0)
  const isHeld = isSteered(steering, now * 1000)

  const gridsQuery = useGrids()
  const grids = gridsQuery.data
  const areas = useAreas().data
  const categories = useCategories().data
  const departments = useDepartments().data
  const { stores, updatedAt } = useWallCases(content, district, categories, now, clockOffsetMs)
  const names = useMemo(
    () => makeNames(grids, areas, categories, departments, language),
    [grids, areas, categories, departments, language],
  )
  const places = useMemo(
    () => ({
      areas: areas?.features.map(({ properties }) => properties) ?? [],
      areaOfGrid: new Map(grids?.features.map(({ properties }) => [properties.code, properties.areaCode])),
      categories: categories ?? [],
    }),
    [areas, grids, categories],
  )
  const busiest = useBusiestStreet(stores.open, places, beganAt)
  const replayAt = useReplay(scene.replay ?? false, scene.seconds, beganAt, serverNow)
  const { chosen, density, layers, source } = useSceneMap(
    scene,
    stores,
    { now, timeZone, busiest, replayAt },
    { grids, areas },
    theme,
  )
  const drawnAreas = useMemo(
    () =>
      areas ? ({ ...areas, features: areas.features.filter((area) => area.geometry) } as MapAreas) : null,
    [areas],
  )

  const [map, setMap] = useState<MapLibreMap | null>(null)
  const [frameRate, setFrameRate] = useState<number | null>(null)
  const contextLosses = useContextLosses(map)
  const boxes = useMemo(() => boxesOf(grids, areas), [grids, areas])
  const steered = isHeld && !alarm ? steering : null
  const target = useTarget({
    map: scene.map,
    picture,
    district: district.bbox,
    boxes,
    busiest,
    alarm,
    steered: steered?.camera ?? null,
  })
  const under = useRef<SettingOut | null>(null)
  under.current = setOut(under.current, target, beganAt, serverNow())
  useGlide(map, {
    ...{ target: under.current.target, beganAt: under.current.at },
    ...{ part, width, height, reducedMotion, serverNow },
    onFrameRate: setFrameRate,
  })

  const pulses = useNewCases(stores.recent?.columns ?? null)
  const marks = useMemo((): MapMark[] => {
    const all: MapMark[] = [...pulses]
    if (steered?.mark) all.push({ key: 'point', kind: 'point', ...steered.mark })
    if (alarm && alarm.alarm.lng !== null && alarm.alarm.lat !== null)
      all.push({ key: `alarm-${alarm.alarm.id}`, kind: 'alarm', lng: alarm.alarm.lng, lat: alarm.alarm.lat })
    return all
  }, [pulses, steered, alarm])

  const caseAge = ageOf('cases', updatedAt, now * 1000)
  const gridsAt = gridsQuery.dataUpdatedAt && gridsQuery.dataUpdatedAt - clockOffsetMs
  const ages = [caseAge, ageOf('grids', gridsAt, now * 1000)]
  useReport(map, isWall, {
    ...{ scene: scene.id, wallVersion: wall.version, frameRate, contextLosses },
    ...{ dataAgeSeconds: caseAge.seconds, clockOffsetMs },
  })

  const wallScene = useMemo(
    (): WallScene => ({
      ...{ scene, stores, updatedAt, names, places, theme, reducedMotion, serverNow },
      ...{ now, timeZone, busiest, replayAt },
    }),
    [
      scene,
      stores,
      updatedAt,
      names,
      places,
      theme,
      reducedMotion,
      serverNow,
      now,
      timeZone,
      busiest,
      replayAt,
    ],
  )
  const clear = useMemo(() => boxIn(picture, scene.map.box, 0), [picture, scene.map.box])
  const inset = useMemo(() => insetOf(clear, { width, height }, part), [clear, width, height, part])
  const shift = shiftAt(now)
  const { night } = content
  const dim = night && holds(night.when, now, timeZone) ? 1 - night.brightness : 0
  const { area } = scene.source
  const ofArea = area ? names.place(area === BUSIEST_STREET ? (busiest ?? '') : area) : null

  return (
    <div className="wall" data-scene={scene.id} data-stale={caseAge.isStale} data-lost={lost}>
      <div className="wall-map" aria-busy={!chosen}>
        <MapView
          district={district}
          theme={theme}
          language={language}
          camera={null}
          onCamera={ignore}
          layers={layers}
          choropleth={density?.choropleth ?? null}
          incidents={chosen?.selection.columns ?? null}
          rows={chosen?.rows ?? null}
          grids={grids ?? null}
          areas={drawnAreas}
          places={null}
          now={Math.floor(now / 60) * 60}
          selectedGrid={null}
          selectedPlace={null}
          inset={inset}
          onHover={ignore}
          onSelect={ignore}
          onSeen={ignore}
          onMap={setMap}
        />
        <MapMarks map={map} marks={marks} />
      </div>
      <div
        className="wall-picture"
        style={{
          left: -part.column * width + shift.x,
          top: -part.row * height + shift.y,
          width: picture.whole.width,
          height: picture.whole.height,
        }}
      >
        <WallSceneContext value={wallScene}>
          <header className="wall-title" style={styleOf(picture.title)}>
            <SceneTitle
              title={ofArea ? `${scene.title} · ${ofArea}` : scene.title}
              district={
                ownPart
                  ? t('access.partOnly', { part: ownPart })
                  : districtName(areas?.features ?? [], names.place)
              }
              beganAt={standing.beganAt}
              endsAt={standing.endsAt}
              pinned={standing.pinned}
              serverNow={serverNow}
            />
          </header>
          <main key={scene.id} className="wall-layout" style={styleOf(picture.layout)}>
            {scene.panels.map((panel) => (
              <PanelFrame key={panel.id} panel={panel} />
            ))}
          </main>
          <div className="wall-map-notes" style={styleOf(clear)} data-stale={caseAge.isStale}>
            {alarm && <AlarmBanner moment={alarm} />}
            <MapKey
              coloured={
                density && {
                  by: density.answer.by,
                  measure: density.answer.measure,
                  classes: density.classes.classes,
                  colours: density.colours,
                }
              }
              heat={layers.heat}
              points={layers.points}
              theme={theme}
              span={source?.pressing ? t('wall.pressing') : t(`wall.span.${source?.span ?? '24h'}`)}
            />
          </div>
          <footer className="wall-trust" style={styleOf(picture.trust)}>
            <TrustBar
              ages={ages}
              lost={lost}
              clockOffsetMs={clockOffsetMs}
              alarms={alarms}
              steeredBy={isHeld ? steering.by : null}
              demo={district.demo}
            />
          </footer>
        </WallSceneContext>
      </div>
      <div className="wall-night" style={{ opacity: dim }} />
    </div>
  )
}

const ignore = () => {}

const styleOf = ({ left, top, width, height }: Rect): CSSProperties => ({ left, top, width, height })

/** What of this window's map panels cover; a part of a split wall has no such middle of its own. */
function insetOf(clear: Rect, window: { width: number; height: number }, part: WallPart): Inset | undefined {
  if (part.columns * part.rows > WHOLE.columns) return undefined
  return {
    left: clear.left,
    top: clear.top,
    right: window.width - clear.left - clear.width,
    bottom: window.height - clear.top - clear.height,
  }
}

function districtName(
  areas: readonly { properties: { level: string; code: string } }[],
  place: (code: string) => string,
): string | null {
  const districts = areas.filter(({ properties }) => properties.level === 'district')
  return districts.length === 1 ? place(districts[0]!.properties.code) : null
}
