import { useTranslation } from 'react-i18next'
import type { Category, Incident } from '../../domain/incident.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { secondsOf, useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import type { Theme } from '../ui/palettes.ts'
import { Section } from '../ui/section.tsx'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import { useLastIncidents } from './use-last-incidents.ts'

const LISTED = 10

interface LastCasesProps {
  filter: IncidentFilter
  categories: readonly Category[]
  theme: Theme
  onPick(id: number): void
}

/** The newest cases that pass a filter. */
export function LastCases({ filter, categories, theme, onPick }: LastCasesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { data, isError } = useLastIncidents(filter, LISTED)
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const nameOf = (code: string) => {
    const category = byCode.get(code)
    return category ? nameIn(format.language, category) : code
  }
  const items = data?.items ?? []
  return (
    <Section title={t('cases.last')}>
      {items.length === 0 ? (
        <p className="quiet">{isError ? t('cases.failed') : data ? t('figures.none') : t('loading.short')}</p>
      ) : (
        <table className="cases-table">
          <thead>
            <tr>
              <th scope="col">
                {t('cases.number')} · {t('cases.category')}
              </th>
              <th scope="col">
                {t('cases.status')} · {t('cases.reportedAt')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((incident) => (
              <tr key={incident.id} data-number={incident.number}>
                <td>
                  <p>
                    <button type="button" className="plain link" onClick={() => onPick(incident.id)}>
                      {incident.number}
                    </button>
                  </p>
                  <p className="quiet" title={nameOf(incident.categoryCode)}>
                    {nameOf(incident.categoryCode)}
                  </p>
                </td>
                <td>
                  <p>
                    <StatusSymbol status={incident.status} overdue={isOverdue(incident)} theme={theme} />
                    {t(`status.${incident.status}`)}
                    {isOverdue(incident) && <span className="late">{t('figures.overdue')}</span>}
                  </p>
                  <p className="quiet">
                    <time dateTime={incident.reportedAt}>
                      {format.dateTime(secondsOf(incident.reportedAt))}
                    </time>
                  </p>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

const isOverdue = ({ closedAt, dueAt }: Incident) =>
  closedAt === null && dueAt !== null && Date.parse(dueAt) < Date.now()
