import { AimOutlined, CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Incident } from '../../domain/incident.ts'
import { ApiError } from '../api/request.ts'
import { Fact } from '../ui/fact.tsx'
import { secondsOf, useFormat } from '../ui/format.ts'
import type { Theme } from '../ui/palettes.ts'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import './case-panel.css'
import { CaseContact } from './case-contact.tsx'
import { CaseSteps } from './case-steps.tsx'
import type { SamePlace } from './same-place.ts'
import { useIncident } from './use-incident.ts'

interface CasePanelProps {
  id: number
  theme: Theme
  /** seconds after 1970 */
  now: number
  /** null: it does not pass the filters, or is alone there */
  place: SamePlace | null
  categoryName(code: string): string
  /** whether it only says the category again, in whatever language */
  isCategoryName(code: string, title: string): boolean
  departmentName(code: string): string
  /** whether whoever looks at it may see whom to call, whole */
  mayUnmask: boolean
  /** of a grid, by its code */
  gridName(code: string): string
  onPick(id: number): void
  onOpenGrid(code: string): void
  onShow(place: { lng: number; lat: number }): void
  onClose(): void
}

/** Everything known of one case, and its steps. It takes the focus as it opens. */
export function CasePanel(props: CasePanelProps) {
  const { id, theme, place, categoryName, departmentName, onPick, onShow, onClose } = props
  const { t } = useTranslation()
  const format = useFormat()
  const { data: incident, error } = useIncident(id)
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another case is another panel
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id])
  const neighbour = (step: number) => place?.ids[place.position + step]
  return (
    <>
      <header className="case-head">
        <div>
          <p className="quiet">{t('cases.panel')}</p>
          <h2 ref={heading} tabIndex={-1}>
            {incident?.number ?? '…'}
          </h2>
          {incident && <p>{categoryName(incident.categoryCode)}</p>}
        </div>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('cases.close')} onClick={onClose} />
      </header>
      {place && place.ids.length > 1 && (
        <nav className="case-neighbours">
          <Step label={t('cases.previous')} icon={<LeftOutlined />} id={neighbour(-1)} onPick={onPick} />
          <span>
            {t('cases.samePlace', {
              position: format.count(place.position + 1),
              count: format.count(place.ids.length),
            })}
          </span>
          <Step label={t('cases.next')} icon={<RightOutlined />} id={neighbour(1)} onPick={onPick} />
        </nav>
      )}
      {incident ? (
        <>
          <CaseFacts key={id} {...props} incident={incident} />
          <div className="case-actions actions">
            <Button size="small" icon={<AimOutlined />} onClick={() => onShow(incident)}>
              {t('cases.onMap')}
            </Button>
          </div>
          <CaseSteps id={id} theme={theme} actorName={departmentName} />
        </>
      ) : (
        <p className="section quiet" role="status">
          {error instanceof ApiError && error.status === 404
            ? t('cases.gone')
            : error
              ? t('cases.failed')
              : t('loading.short')}
        </p>
      )}
    </>
  )
}

interface StepProps {
  label: string
  icon: ReactNode
  /** undefined: there is none on this side */
  id: number | undefined
  onPick(id: number): void
}

function Step({ label, icon, id, onPick }: StepProps) {
  return (
    <Button
      size="small"
      type="text"
      icon={icon}
      aria-label={label}
      disabled={id === undefined}
      onClick={() => id !== undefined && onPick(id)}
    />
  )
}

function CaseFacts({
  incident,
  theme,
  now,
  isCategoryName,
  departmentName,
  gridName,
  mayUnmask,
  onOpenGrid,
}: CasePanelProps & { incident: Incident }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { status, dueAt, closedAt, gridNow, gridAtReport, departmentCode } = incident
  const overdue = closedAt === null && dueAt !== null && secondsOf(dueAt) < now
  const time = (iso: string) => <time dateTime={iso}>{format.dateTime(secondsOf(iso))}</time>
  return (
    <div className="case-facts">
      {incident.title && !isCategoryName(incident.categoryCode, incident.title) && (
        <p className="case-title">{incident.title}</p>
      )}
      {incident.description && <p>{incident.description}</p>}
      <dl>
        <Fact name={t('cases.status')}>
          <StatusSymbol status={status} overdue={overdue} theme={theme} />
          {t(`status.${status}`)}
          {overdue && <span className="late">{t('figures.overdue')}</span>}
        </Fact>
        <Fact name={t('filter.level')}>{t(`level.${incident.level}`)}</Fact>
        <Fact name={t('cases.intake')}>{t(`intake.${incident.intake}`)}</Fact>
        {departmentCode !== null && (
          <Fact name={t('cases.department')}>{departmentName(departmentCode)}</Fact>
        )}
        <Fact name={t('cases.reportedAt')}>{time(incident.reportedAt)}</Fact>
        {dueAt && <Fact name={t('cases.dueAt')}>{time(dueAt)}</Fact>}
        {closedAt && <Fact name={t('cases.closedAt')}>{time(closedAt)}</Fact>}
        {incident.address && <Fact name={t('cases.address')}>{incident.address}</Fact>}
        {incident.contact && <CaseContact id={incident.id} masked={incident.contact} mayUnmask={mayUnmask} />}
        <Fact name={t('cases.grid')}>
          {gridNow === null ? (
            t('cases.outside')
          ) : (
            <button
              type="button"
              className="plain link"
              title={t('cases.openGrid')}
              onClick={() => onOpenGrid(gridNow)}
            >
              {gridName(gridNow)}
            </button>
          )}
        </Fact>
        {gridAtReport !== null && gridAtReport !== gridNow && (
          <Fact name={t('cases.gridAtReport')}>{gridName(gridAtReport)}</Fact>
        )}
      </dl>
    </div>
  )
}
