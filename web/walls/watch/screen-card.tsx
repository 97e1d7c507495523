import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  DesktopOutlined,
  DisconnectOutlined,
  StopOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallDevice } from '../../../domain/access/wall-device.ts'
import type { AreaProperties } from '../../../domain/area.ts'
import type { WatchedWall } from '../../../domain/wall/report.ts'
import { READY_MADE_WALL_ID, type WallSummary } from '../../../domain/wall/wall.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'
import { useScopeText } from '../../ui/scope-text.ts'
import { DEVICES_KEY } from '../use-walls.ts'
import { chooseWall, revokeDevice, thumbnailAddress } from '../walls-api.ts'
import { ScreenFacts } from './screen-facts.tsx'
import { type Contact, contactOf, heardAt, troublesOf } from './troubles.ts'

interface ScreenCardProps {
  device: WallDevice
  /** undefined: it has told nothing of itself */
  watched: WatchedWall | undefined
  walls: readonly WallSummary[]
  areas: readonly AreaProperties[]
  /** what the server runs; null: not known */
  release: string | null
  /** seconds after 1970, by the server's clock */
  now: number
}

const SYMBOLS: Record<Contact, ReactNode> = {
  live: <CheckCircleOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  late: <DisconnectOutlined aria-hidden />,
  revoked: <StopOutlined aria-hidden />,
}

/** One paired screen: its picture, what it shows, how it is, and what is wrong with it. */
export function ScreenCard({ device, watched, walls, areas, release, now }: ScreenCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const scopeText = useScopeText(areas)
  const textOf = useErrorText()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: DEVICES_KEY })
  const choosing = useMutation({
    mutationFn: (wallId: number) => chooseWall(device.id, wallId === READY_MADE_WALL_ID ? null : wallId),
    onSuccess: refresh,
  })
  const revoking = useMutation({ mutationFn: () => revokeDevice(device.id), onSuccess: refresh })
  const contact = contactOf(device, watched, now)
  const troubles = troublesOf(device, watched, release, now)
  const heard = device.revokedAt ? secondsOf(device.revokedAt) : heardAt(device, watched)
  const error = choosing.error ?? revoking.error
  return (
    <article
      className="screen-card"
      data-wall={device.name}
      data-contact={contact}
      data-troubled={troubles.length > 0}
      aria-label={device.name}
    >
      <div className="screen-picture">
        {watched?.hasThumbnail ? (
          <img src={thumbnailAddress(watched)} alt={t('wallDesk.pictureOf', { name: device.name })} />
        ) : (
          <span className="no-picture">
            <DesktopOutlined aria-hidden />
            {t('wallDesk.noPicture')}
          </span>
        )}
      </div>
      <header>
        <h3>{device.name}</h3>
        <span className="contact">
          {SYMBOLS[contact]} {t(`walls.contact.${contact}`)}
          {heard !== null && (
            <time dateTime={new Date(heard * 1000).toISOString()} title={format.dateTime(heard)}>
              {format.ago(now - heard)}
            </time>
          )}
        </span>
      </header>
      {troubles.length > 0 && (
        <ul className="troubles">
          {troubles.map((trouble) => (
            <li key={trouble} data-trouble={trouble}>
              <WarningOutlined aria-hidden /> {t(`wallDesk.trouble.${trouble}`)}
            </li>
          ))}
        </ul>
      )}
      {contact !== 'revoked' && (
        <Select
          aria-label={t('wallDesk.shows', { name: device.name })}
          value={device.wallId ?? READY_MADE_WALL_ID}
          loading={choosing.isPending}
          options={[
            { value: READY_MADE_WALL_ID, label: t('wallDesk.readyMade') },
            ...walls.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(wallId) => choosing.mutate(wallId)}
        />
      )}
      <ScreenFacts watched={watched} now={now} />
      <footer>
        <small>
          {t('wallDesk.pairedBy', {
            who: device.pairedBy,
            when: format.date(secondsOf(device.pairedAt)),
            scope: scopeText(device.scope),
          })}
          {device.lastAddress && ` · ${device.lastAddress}`}
        </small>
        {contact !== 'revoked' && (
          <Popconfirm
            title={t('walls.revokeTitle', { name: device.name })}
            description={t('walls.revokeText')}
            okText={t('walls.revoke')}
            cancelText={t('walls.keep')}
            onConfirm={() => revoking.mutate()}
            styles={{ root: { maxWidth: 380 } }}
          >
            <Button
              size="small"
              loading={revoking.isPending}
              aria-label={`${t('walls.revoke')} ${device.name}`}
            >
              {t('walls.revoke')}
            </Button>
          </Popconfirm>
        )}
      </footer>
      {error && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
    </article>
  )
}
