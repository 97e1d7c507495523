import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { seenUnit } from '../../domain/wall/fallbacks.ts'
import type { PanelOf, RankingBy } from '../../domain/wall/panel.ts'
import { rankingOf } from '../../domain/wall/ranking.ts'
import { useFormat } from '../ui/format.ts'
import { usePanelCases, useWallScene, type WallNames } from './wall-context.ts'

const NAMED: Record<RankingBy, keyof WallNames> = {
  grid: 'place',
  community: 'place',
  street: 'place',
  department: 'department',
  category: 'category',
}

/** Places, departments or categories, the first ones first. */
export function RankingPanel({ panel }: { panel: PanelOf<'ranking'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { now, names, places } = useWallScene()
  const cases = usePanelCases(panel)
  const { measure, most } = panel
  const by = seenUnit(panel.by, places.areas)
  const rows = useMemo(
    () => cases && by && rankingOf({ by, measure, most }, cases.selection.columns, cases.rows, now, places),
    [cases, by, measure, most, now, places],
  )
  if (!by || !rows) return <p className="wall-quiet">{t('wall.waiting')}</p>
  if (rows.length === 0) return <p className="wall-quiet">{t('wall.none')}</p>
  const isShare = measure === 'closedOnTimeRate'
  const full = isShare ? 1 : rows[0]!.value || 1
  return (
    <ol className="wall-ranking" style={{ gridTemplateRows: `repeat(${most}, minmax(0, 1fr))` }}>
      {rows.map(({ code, value }) => (
        <li key={code}>
          <span className="wall-rank-name">{names[NAMED[by]](code)}</span>
          <span className="wall-rank-value">{isShare ? format.rate(value) : format.count(value)}</span>
          <span className="wall-rank-track">
            <i style={{ width: `${Math.min(100, (100 * value) / full)}%` }} data-measure={measure} />
          </span>
        </li>
      ))}
    </ol>
  )
}
