import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaProperties } from '../../../domain/area.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { useServerNow } from '../../ui/use-now.ts'
import { useReports, useWallDevices, useWalls } from '../use-walls.ts'
import { ScreenCard } from './screen-card.tsx'
import { troublesOf } from './troubles.ts'
import './watch.css'

const NOW_EVERY_MS = 5_000

interface ScreensProps {
  areas: readonly AreaProperties[]
  /** what the server runs; null: not known */
  release: string | null
  /** what to add to this device's clock to have the server's, milliseconds */
  toServerMs: number
}

/** Every paired screen, those with trouble first. */
export function Screens({ areas, release, toServerMs }: ScreensProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { data: devices, error } = useWallDevices()
  const reports = useReports().data ?? []
  const walls = useWalls().data ?? []
  const now = useServerNow(NOW_EVERY_MS, toServerMs)
  const [withRevoked, setWithRevoked] = useState(false)
  const revoked = devices?.filter(({ revokedAt }) => revokedAt !== null).length ?? 0
  const shown = (devices ?? [])
    .filter(({ revokedAt }) => withRevoked || revokedAt === null)
    .map((device) => {
      const watched = reports.find(({ deviceId }) => deviceId === device.id)
      return { device, watched, troubles: troublesOf(device, watched, release, now).length }
    })
    .sort(
      (a, b) =>
        Number(a.device.revokedAt !== null) - Number(b.device.revokedAt !== null) || b.troubles - a.troubles,
    )
  return (
    <section className="desk-card panel" aria-labelledby="screens">
      <header>
        <h2 id="screens">
          {devices ? t('walls.list', { count: devices.length - revoked }) : t('walls.listAwaited')}
        </h2>
        {revoked > 0 && (
          <Button size="small" aria-pressed={withRevoked} onClick={() => setWithRevoked(!withRevoked)}>
            {t(withRevoked ? 'walls.hideRevoked' : 'walls.showRevoked', { count: revoked })}
          </Button>
        )}
      </header>
      {error && !devices && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      {devices && shown.length === 0 && (
        <p className="quiet">{t(revoked > 0 ? 'walls.noneNow' : 'walls.none')}</p>
      )}
      <div className="screen-cards">
        {shown.map(({ device, watched }) => (
          <ScreenCard
            key={device.id}
            device={device}
            watched={watched}
            walls={walls}
            areas={areas}
            release={release}
            now={now}
          />
        ))}
      </div>
    </section>
  )
}
