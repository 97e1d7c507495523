import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { STATUSES } from '../../domain/incident.ts'
import type { PanelOf } from '../../domain/wall/panel.ts'
import { useFormat } from '../ui/format.ts'
import { StatusSymbol } from '../ui/status-symbol.tsx'
import { listed } from './listed.ts'
import { usePanelCases, useWallScene } from './wall-context.ts'

/** Single cases: the newest, or those whose deadline is nearest. */
export function ListPanel({ panel }: { panel: PanelOf<'list'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now, names, theme } = useWallScene()
  const cases = usePanelCases(panel)
  const { order, most } = panel
  const rows = useMemo(
    () => cases && listed(cases.selection.columns, cases.rows, order, most, now),
    [cases, order, most, now],
  )
  if (!cases || !rows) return <p className="wall-quiet">{t('wall.waiting')}</p>
  if (rows.length === 0) return <p className="wall-quiet">{t('wall.none')}</p>
  const { columns } = cases.selection
  const { categories, grids } = columns.dictionaries
  const lasts = (seconds: number) => {
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return t('wall.minutes', { minutes })
    if (minutes < 48 * 60) return t('wall.hours', { hours: Math.floor(minutes / 60) })
    return t('wall.days', { days: Math.floor(minutes / 1440) })
  }
  return (
    <ol className="wall-list" style={{ gridTemplateRows: `repeat(${most}, minmax(0, 1fr))` }}>
      {rows.map((row) => {
        const due = columns.dueAt[row]!
        const isLate = due !== 0 && due < now && columns.closedAt[row] === 0
        const grid = grids[columns.grid[row]!]!
        const status = STATUSES[columns.status[row]!]!
        return (
          <li key={columns.id[row]} data-late={isLate}>
            <StatusSymbol status={status} overdue={isLate} theme={theme} />
            <strong>{names.category(categories[columns.category[row]!]!)}</strong>
            <span className="wall-list-when" data-late={isLate}>
              {order === 'newest'
                ? format.hour(columns.reportedAt[row]!)
                : isLate
                  ? t('wall.lateBy', { time: lasts(now - due) })
                  : t('wall.leftFor', { time: lasts(due - now) })}
            </span>
            <span className="wall-list-where">
              {t(`status.${status}`)} · {grid === '' ? t('wall.outside') : names.place(grid)}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
