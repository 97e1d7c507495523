import type { Map as MapLibreMap } from 'maplibre-gl'
import { type CSSProperties, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { District } from '../../../domain/district.ts'
import type { Rect } from '../../../domain/wall/camera.ts'
import { BUSIEST_STREET } from '../../../domain/wall/panel.ts'
import { boxIn } from '../../../domain/wall/picture.ts'
import type { Wall as WallInForce } from '../../../domain/wall/wall.ts'
import { holds } from '../../../domain/wall/when.ts'
import { boxesOf } from '../../density/places-in-view.ts'
import type { MapAreas } from '../../map/map-types.ts'
import { MapView } from '../../map/map-view.tsx'
import { useMatches } from '../../ui/use-matches.ts'
import { AlarmBanner } from '../../wall/alarm-banner.tsx'
import { shiftAt } from '../../wall/burn-in.ts'
import { MapKey } from '../../wall/map-key.tsx'
import { MapMarks } from '../../wall/map-marks.tsx'
import { PanelFrame } from '../../wall/panel-frame.tsx'
import { SceneTitle } from '../../wall/scene-title.tsx'
import { oldestOf } from '../../wall/staleness.ts'
import { TrustBar } from '../../wall/trust-bar.tsx'
import { useReport } from '../../wall/use-report.ts'
import { useTick } from '../../wall/use-tick.ts'
import { useWakeLock } from '../../wall/use-wake-lock.ts'
import { type WallScene, WallSceneContext } from '../../wall/wall-context.ts'
import type { WallPart } from '../../wall/wall-part.ts'
import '../../wall/wall.css'
import { useOwnPart } from '../frame/use-own-part.ts'
import { useBusiestStreet } from './use-busiest-street.ts'
import { useContextLosses } from './use-context-losses.ts'
import { useMarks } from './use-marks.ts'
import { useNewRelease } from './use-new-release.ts'
import { insetOf, usePicture } from './use-picture.ts'
import { useReplay } from './use-replay.ts'
import { useSceneMap } from './use-scene-map.ts'
import { useStandingScene } from './use-standing-scene.ts'
import { useWallCamera } from './use-wall-camera.ts'
import { useWallData } from './use-wall-data.ts'
import { useWallLive } from './use-wall-live.ts'

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

  // Asked for first: until it is known how the wall is steered, another scene would stand
  const onWall = useStandingScene(wall, held, timeZone, now, serverNow)
  const { standing, scene, beganAt, setsOutAt, alarm, steered } = onWall
  useNewRelease(release, standing.beganAt)

  const data = useWallData(content, district, now, clockOffsetMs)
  const { grids, areas, stores, updatedAt, names, places, ages } = data
  const knownTo = Math.min(now, Math.floor(updatedAt / 1000))
  const busiest = useBusiestStreet(stores.open, places, beganAt)
  const replayAt = useReplay(scene.replay ?? false, scene.seconds, beganAt, serverNow)
  const { chosen, density, layers, source } = useSceneMap(
    scene,
    stores,
    { now, timeZone, knownTo, busiest, replayAt },
    { grids, areas, places },
    theme,
  )

  const [map, setMap] = useState<MapLibreMap | null>(null)
  const boxes = useMemo(() => boxesOf(grids, areas), [grids, areas])
  // Nobody points away from an alarm
  const guide = alarm ? null : steered
  const { frameRate, isGliding } = useWallCamera(map, {
    ...{ map: scene.map, district: district.bbox, boxes, busiest, alarm, steered: guide?.camera ?? null },
    ...{ setsOutAt, picture, part, width, height, reducedMotion, serverNow },
  })
  // The heat is reckoned for where the map stands; on the way it would lie elsewhere
  const drawnLayers = useMemo(() => ({ ...layers, heat: layers.heat && !isGliding }), [layers, isGliding])
  const marks = useMarks(stores.recent?.columns ?? null, guide?.mark ?? null, alarm)
  const contextLosses = useContextLosses(map)
  useReport(map, isWall, {
    ...{ scene: scene.id, wallVersion: wall.version, frameRate, contextLosses },
    ...{ dataAgeSeconds: oldestOf(Object.values(ages)), clockOffsetMs },
  })

  const wallScene = useMemo(
    (): WallScene => ({
      ...{ scene, stores, updatedAt, names, places, theme, reducedMotion, serverNow },
      ...{ now, timeZone, knownTo, busiest, replayAt },
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
      knownTo,
      busiest,
      replayAt,
    ],
  )
  const drawnAreas = useMemo(
    () =>
      areas ? ({ ...areas, features: areas.features.filter((area) => area.geometry) } as MapAreas) : null,
    [areas],
  )
  const clear = useMemo(() => boxIn(picture, scene.map.box, 0), [picture, scene.map.box])
  const inset = useMemo(() => insetOf(clear, { width, height }, part), [clear, width, height, part])
  const shift = shiftAt(now)
  const { night } = content
  const dim = night && holds(night.when, now, timeZone) ? 1 - night.brightness : 0
  const { area } = scene.source
  const ofArea = area ? names.place(area === BUSIEST_STREET ? (busiest ?? '') : area) : null

  return (
    <div className="wall" data-scene={scene.id} data-stale={ages.cases.isStale} data-lost={lost}>
      <div className="wall-map" aria-busy={!chosen}>
        <MapView
          district={district}
          theme={theme}
          language={language}
          camera={null}
          onCamera={ignore}
          layers={drawnLayers}
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
          keptTiles={isWall && lost}
        />
        <MapMarks map={map} marks={marks.cases} />
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
              district={ownPart ? t('access.partOnly', { part: ownPart }) : data.districtName}
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
          <div className="wall-map-notes" style={styleOf(clear)} data-stale={ages.cases.isStale}>
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
              ages={Object.values(ages)}
              lost={lost}
              clockOffsetMs={clockOffsetMs}
              alarms={onWall.alarms}
              steeredBy={steered?.by ?? null}
              demo={district.demo}
            />
          </footer>
        </WallSceneContext>
      </div>
      <MapMarks map={map} marks={marks.places} />
      <div className="wall-night" style={{ opacity: dim }} />
    </div>
  )
}

const ignore = () => {}

const styleOf = ({ left, top, width, height }: Rect): CSSProperties => ({ left, top, width, height })
