import { LeftOutlined, PushpinFilled, PushpinOutlined, RightOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../domain/search.ts'
import { isSteered, sceneAt, scenesAt } from '../../../domain/wall/scene-at.ts'
import { type SteeringCommand, UNSTEERED } from '../../../domain/wall/steering.ts'
import type { Wall } from '../../../domain/wall/wall.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { useFormat } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { SceneThumbnail } from '../editor/scene-thumbnail.tsx'
import { steeringKey, useSteering } from '../use-walls.ts'
import { steer } from '../walls-api.ts'
import { PlaceControls } from './place-controls.tsx'
import './remote.css'
import { NowShown } from './now-shown.tsx'

interface WallRemoteProps {
  wall: Wall
  /** what to add to this device's clock to have the server's, milliseconds */
  toServerMs: number
  /** a box that finds places */
  search(onPick: (hit: SearchHit) => void): ReactNode
}

const NOW_EVERY_MS = 1_000

/** Steers a wall from a desk or a phone; whatever is done ends by itself after a while. */
export function WallRemote({ wall, toServerMs, search }: WallRemoteProps) {
  const { t } = useTranslation()
  const { timeZone, count } = useFormat()
  const textOf = useErrorText()
  const client = useQueryClient()
  const { data: told, error: askError } = useSteering(wall.id)
  const steering = told ?? UNSTEERED
  const steeringMutation = useMutation({
    mutationFn: (command: SteeringCommand) => steer(wall.id, command),
    onSuccess: (fresh) => client.setQueryData(steeringKey(wall.id), fresh),
  })
  const { mutate, error: steerError, isPending } = steeringMutation
  const error = steerError ?? (told ? null : askError)
  const isOff = isPending || !told?.maySteer
  const now = useNow(NOW_EVERY_MS) * 1000 + toServerMs
  const moment = sceneAt(wall.content, steering, now, timeZone)
  const steered = isSteered(steering, now)
  const pinned = steered ? steering.pinned : null
  const going = scenesAt(wall.content, now, timeZone)
  return (
    <div className="remote">
      <NowShown moment={moment} steering={steered ? steering : null} now={now} />
      <div className="remote-steps">
        <Button
          size="large"
          icon={<LeftOutlined aria-hidden />}
          disabled={isOff}
          onClick={() => mutate({ kind: 'previous' })}
        >
          {t('wallDesk.previous')}
        </Button>
        <Button size="large" disabled={isOff} onClick={() => mutate({ kind: 'next' })}>
          {t('wallDesk.next')} <RightOutlined aria-hidden />
        </Button>
        <Button
          size="large"
          className="resume"
          type={steered ? 'primary' : 'default'}
          icon={<UndoOutlined aria-hidden />}
          disabled={isOff || (!steered && steering.offsetSeconds === 0)}
          onClick={() => mutate({ kind: 'resume' })}
        >
          {t('wallDesk.resume')}
        </Button>
      </div>
      {told?.maySteer === false && (
        <Alert type="info" showIcon role="status" title={t('wallDesk.othersSteer')} />
      )}
      {error && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      <section className="panel remote-part" aria-labelledby="remote-scenes">
        <h2 id="remote-scenes">{t('wallDesk.pinTitle')}</h2>
        <p className="quiet">{t('wallDesk.pinText')}</p>
        <ul className="remote-scenes">
          {wall.content.scenes.map((scene) => (
            <li key={scene.id}>
              <button
                type="button"
                className="plain"
                data-pin={scene.id}
                aria-pressed={pinned === scene.id}
                disabled={isOff}
                onClick={() =>
                  mutate(pinned === scene.id ? { kind: 'resume' } : { kind: 'pin', scene: scene.id })
                }
              >
                <SceneThumbnail scene={scene} />
                <span>
                  {scene.title}
                  <small>
                    {moment.scene.id === scene.id
                      ? t('wallDesk.standsNow')
                      : going.some(({ id }) => id === scene.id)
                        ? t('wallDesk.secondsLong', { seconds: count(scene.seconds) })
                        : t('wallDesk.notGoing')}
                  </small>
                </span>
                {pinned === scene.id ? <PushpinFilled aria-hidden /> : <PushpinOutlined aria-hidden />}
              </button>
            </li>
          ))}
        </ul>
      </section>
      <PlaceControls
        wallLanguage={wall.content.language}
        search={search}
        disabled={isOff}
        onCommand={mutate}
      />
    </div>
  )
}
