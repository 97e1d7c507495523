import { CheckOutlined, WarningOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Alarm } from '../../domain/wall/alarm.ts'
import type { WallSummary } from '../../domain/wall/wall.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { useServerNow } from '../ui/use-now.ts'
import { ALARMS_KEY, useAlarms } from './use-walls.ts'
import { acknowledge } from './walls-api.ts'
import './walls.css'

interface AlarmListProps {
  /** null: of all walls */
  wallId: number | null
  /** what they are called, where that tells them apart */
  walls?: readonly Pick<WallSummary, 'id' | 'name'>[]
  /** what to add to this device's clock to have the server's, milliseconds */
  toServerMs: number
  /** whoever is signed in may acknowledge those of their own areas */
  mayAcknowledge: boolean
}

const NOW_EVERY_MS = 5_000

/** The alarms in force, the oldest first, until somebody says that he has seen them. */
export function AlarmList({ wallId, walls, toServerMs, mayAcknowledge }: AlarmListProps) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { data: alarms, error } = useAlarms(wallId)
  const now = useServerNow(NOW_EVERY_MS, toServerMs)
  return (
    <section
      className="desk-card panel alarms"
      aria-labelledby="alarms-in-force"
      data-any={Boolean(alarms?.length)}
    >
      <h2 id="alarms-in-force">
        {alarms ? t('wallDesk.alarms', { number: alarms.length }) : t('wallDesk.alarmsAwaited')}
      </h2>
      {error && !alarms && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      {alarms?.length === 0 && <p className="quiet">{t('wallDesk.noAlarm')}</p>}
      {alarms && alarms.length > 0 && (
        <ul>
          {alarms.map((alarm) => (
            <AlarmItem
              key={alarm.id}
              alarm={alarm}
              wallName={walls?.find(({ id }) => id === alarm.wallId)?.name}
              now={now}
              mayAcknowledge={mayAcknowledge}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface AlarmItemProps {
  alarm: Alarm
  /** of the wall that shows it; undefined: more than one do, or it needs no telling */
  wallName: string | undefined
  /** seconds after 1970, by the server's clock */
  now: number
  mayAcknowledge: boolean
}

function AlarmItem({ alarm, wallName, now, mayAcknowledge }: AlarmItemProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const textOf = useErrorText()
  const client = useQueryClient()
  const acknowledging = useMutation({
    mutationFn: () => acknowledge(alarm.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ALARMS_KEY }),
  })
  const raised = secondsOf(alarm.raisedAt)
  return (
    <li data-alarm={alarm.id} data-level={alarm.level}>
      <WarningOutlined aria-hidden />
      <div>
        <strong>{alarm.title}</strong>
        <span className="level">{t(`level.${alarm.level}`)}</span>
        <p>{alarm.text}</p>
        <small>
          <time dateTime={alarm.raisedAt} title={format.dateTime(raised)}>
            {format.ago(now - raised)}
          </time>
          {wallName !== undefined && ` · ${t('wallDesk.onWall', { name: wallName })}`}
          {alarm.source === 'cap' && ` · ${t('wallDesk.fromCap')}`}
        </small>
        {mayAcknowledge && !alarm.isWhollyOwn && <p className="quiet">{t('wallDesk.othersAcknowledge')}</p>}
        {acknowledging.error && (
          <Alert type="error" showIcon role="alert" title={textOf(acknowledging.error)} />
        )}
      </div>
      {mayAcknowledge && alarm.isWhollyOwn && (
        <Button
          size="large"
          icon={<CheckOutlined aria-hidden />}
          loading={acknowledging.isPending}
          aria-label={`${t('wallDesk.acknowledge')} ${alarm.title}`}
          onClick={() => acknowledging.mutate()}
        >
          {t('wallDesk.acknowledge')}
        </Button>
      )}
    </li>
  )
}
