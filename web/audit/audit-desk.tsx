import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AreaProperties } from '../../domain/area.ts'
import { useErrorText } from '../api/use-error-text.ts'
import { useFormat } from '../ui/format.ts'
import './audit.css'
import { type AuditView, filterOf } from './audit-filter.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { exportAddress, useAudit } from './use-audit.ts'

interface AuditDeskProps {
  view: AuditView
  onView(view: AuditView): void
  /** to choose from: who could have done something */
  names: readonly string[]
  areas: readonly AreaProperties[]
  /** where a case is shown */
  caseAddress(id: string): string
}

/** What was done and what was refused, filtered, page by page, and as a file. */
export function AuditDesk({ view, onView, names, areas, caseAddress }: AuditDeskProps) {
  const { t } = useTranslation()
  const { timeZone } = useFormat()
  const textOf = useErrorText()
  const filter = useMemo(() => filterOf(view, timeZone), [view, timeZone])
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch, isFetching } =
    useAudit(filter)
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="desk-card panel" aria-labelledby="audit">
      <header>
        <h2 id="audit">{t('audit.list')}</h2>
        <div className="actions">
          <Button loading={isFetching && !isFetchingNextPage} onClick={() => void refetch()}>
            {t('audit.refresh')}
          </Button>
          <Button href={exportAddress(filter)} download icon={<DownloadOutlined aria-hidden />}>
            {t('audit.export')}
          </Button>
        </div>
      </header>
      <AuditFilters view={view} onView={onView} names={names} />
      {error && <Alert type="error" showIcon role="alert" title={textOf(error)} />}
      <p role="status" className={rows.length > 0 || isPending ? 'visually-hidden' : 'quiet'}>
        {isPending
          ? t('loading.short')
          : rows.length === 0
            ? t('audit.none')
            : t('audit.shown', { count: rows.length })}
      </p>
      {rows.length > 0 && <AuditTable rows={rows} areas={areas} caseAddress={caseAddress} />}
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('audit.more')}
        </Button>
      )}
    </section>
  )
}
