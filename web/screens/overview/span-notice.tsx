import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { District } from '../../../domain/district.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'
import { daysText } from './span-picker.tsx'
import { type ResolvedSpan, resolveSpan } from './time-span.ts'
import type { SpanChoice, ViewState } from './view-state.ts'

interface SpanNoticeProps {
  span: ResolvedSpan
  district: District
  view: ViewState
  /** cases that pass all filters */
  total: number
  onSpan(span: SpanChoice): void
  onClearFilters(): void
}

/** Says why the map shows an old span nobody chose, or no case at all, and the way out. */
export function SpanNotice({ span, district, view, total, onSpan, onClearFilters }: SpanNoticeProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const newest = district.incidentSpan && format.date(secondsOf(district.incidentSpan.to))
  if (total > 0) {
    if (span.kind !== 'latest' || newest === null) return null
    return (
      <p className="span-notice panel" role="status" data-notice="latest">
        {t('span.latest', { newest, ...daysText(span, format.date) })}
      </p>
    )
  }
  const filtered = view.status.length + view.level.length + view.category.length > 0
  const { from, to } = resolveSpan(null, secondsOf(new Date().toISOString()), district)
  const elsewhere = newest !== null && (from !== span.from || to !== span.to)
  return (
    <div className="empty-span panel" role="status" data-notice="empty">
      <h2>{t('empty.spanTitle')}</h2>
      <p>
        {newest === null
          ? t('empty.noCases')
          : t(filtered ? 'empty.filtered' : 'empty.span', { newest, ...daysText(span, format.date) })}
      </p>
      <div className="actions">
        {filtered && <Button onClick={onClearFilters}>{t('filter.clear')}</Button>}
        {newest === null && (
          <Link href={`/imports?language=${format.language}&theme=${view.theme}`} className="import-link">
            {t('empty.web')}
          </Link>
        )}
        {elsewhere && (
          <Button type="primary" onClick={() => onSpan({ from, to })}>
            {t('empty.jump')}
          </Button>
        )}
      </div>
    </div>
  )
}
