import { CheckCircleOutlined, ClockCircleOutlined, DisconnectOutlined, StopOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WallDevice } from '../../domain/access/wall-device.ts'
import type { AreaProperties } from '../../domain/area.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { useScopeText } from '../ui/scope-text.ts'
import { useNow } from '../ui/use-now.ts'
import { type Contact, contactOf } from './contact.ts'
import { useWalls, WALLS_KEY } from './use-walls.ts'
import './walls.css'
import { revokeWall } from './walls-api.ts'

const HEADS = ['name', 'scope', 'contact', 'address', 'paired'] as const
const NOW_EVERY_MS = 5_000

/** The paired screens, and whether each is still there. */
export function WallList({ areas }: { areas: readonly AreaProperties[] }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { data: walls, error } = useWalls()
  const now = useNow(NOW_EVERY_MS)
  const [withRevoked, setWithRevoked] = useState(false)
  const revoked = walls?.filter(({ revokedAt }) => revokedAt !== null).length ?? 0
  const shown = walls?.filter(({ revokedAt }) => withRevoked || revokedAt === null) ?? []
  return (
    <section className="desk-card panel" aria-labelledby="walls">
      <header>
        <h2 id="walls">{t('walls.list', { count: (walls?.length ?? 0) - revoked })}</h2>
        {revoked > 0 && (
          <Button size="small" aria-pressed={withRevoked} onClick={() => setWithRevoked(!withRevoked)}>
            {t(withRevoked ? 'walls.hideRevoked' : 'walls.showRevoked', { count: revoked })}
          </Button>
        )}
      </header>
      {error && !walls && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      {walls && shown.length === 0 && <p className="quiet">{t('walls.none')}</p>}
      {shown.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        // biome-ignore lint/a11y/useSemanticElements: it is a part of a section already
        <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="walls">
          <table className="data-table desk-table">
            <thead>
              <tr>
                {HEADS.map((head) => (
                  <th key={head} scope="col">
                    {t(`walls.field.${head}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('walls.field.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((wall) => (
                <WallRow key={wall.id} wall={wall} areas={areas} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

const SYMBOLS: Record<Contact, ReactNode> = {
  live: <CheckCircleOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  late: <DisconnectOutlined aria-hidden />,
  revoked: <StopOutlined aria-hidden />,
}

function WallRow({ wall, areas, now }: { wall: WallDevice; areas: readonly AreaProperties[]; now: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const scopeText = useScopeText(areas)
  const textOf = useErrorText()
  const client = useQueryClient()
  const revoking = useMutation({
    mutationFn: () => revokeWall(wall.id),
    onSuccess: () => client.invalidateQueries({ queryKey: WALLS_KEY }),
  })
  const contact = contactOf(wall, now)
  const at = wall.revokedAt ?? wall.lastSeenAt
  return (
    <tr data-wall={wall.name} data-contact={contact} data-off={contact === 'revoked'}>
      <th scope="row">{wall.name}</th>
      <td className="scope">{scopeText(wall.scope)}</td>
      <td className="contact">
        <span>
          {SYMBOLS[contact]} {t(`walls.contact.${contact}`)}
        </span>
        {at && (
          <time dateTime={at} title={format.dateTime(secondsOf(at))}>
            {format.ago(now - secondsOf(at))}
          </time>
        )}
      </td>
      <td>{wall.lastAddress ?? ''}</td>
      <td>
        {wall.pairedBy} <time dateTime={wall.pairedAt}>{format.dateTime(secondsOf(wall.pairedAt))}</time>
      </td>
      <td>
        <div className="actions">
          {contact !== 'revoked' && (
            <Popconfirm
              title={t('walls.revokeTitle', { name: wall.name })}
              description={t('walls.revokeText')}
              okText={t('walls.revoke')}
              cancelText={t('walls.keep')}
              onConfirm={() => revoking.mutate()}
              styles={{ root: { maxWidth: 380 } }}
            >
              <Button
                size="small"
                loading={revoking.isPending}
                aria-label={`${t('walls.revoke')} ${wall.name}`}
              >
                {t('walls.revoke')}
              </Button>
            </Popconfirm>
          )}
          {revoking.error && <Alert type="error" showIcon role="alert" title={textOf(revoking.error)} />}
        </div>
      </td>
    </tr>
  )
}
