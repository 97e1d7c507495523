import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { INTAKES, LEVELS, STATUSES } from '../../domain/incident.ts'
import type { PanelOf } from '../../domain/wall/panel.ts'
import { groupsOf } from '../../domain/wall/ranking.ts'
import { Chart } from '../ui/chart.tsx'
import { useFormat } from '../ui/format.ts'
import { CHART_INK, sequential } from '../ui/palettes.ts'
import { sharesOf } from './shares.ts'
import { usePanelCases, useWallScene } from './wall-context.ts'

const MOST_SHARES = 5

/** Shares of a whole, the largest first; the small ones together. */
export function RingPanel({ panel }: { panel: PanelOf<'ring'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { theme, now, places, names } = useWallScene()
  const cases = usePanelCases(panel)
  const { by } = panel
  const shares = useMemo(() => {
    if (!cases) return null
    const { columns } = cases.selection
    const { rows } = cases
    if (by === 'category') {
      const groups = groupsOf('category', columns, rows, now, places)
      return sharesOf(
        groups.map(({ code, tally }) => ({ name: names.category(code), count: tally.count })),
        MOST_SHARES,
      )
    }
    const counts = new Map<string, number>()
    for (const row of rows) {
      const name =
        by === 'status'
          ? t(`status.${STATUSES[columns.status[row]!]!}`)
          : by === 'level'
            ? t(`level.${LEVELS[columns.level[row]! - 1]!}`)
            : t(`intake.${INTAKES[columns.intake[row]!]!}`)
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return sharesOf(
      Array.from(counts, ([name, count]) => ({ name, count })),
      MOST_SHARES,
    )
  }, [cases, by, now, places, names, t])
  const number = shares?.length ?? 0
  // As far apart as so many can be
  const colours = useMemo(() => sequential(theme, number).toReversed(), [theme, number])
  const option = useMemo(
    () =>
      shares && {
        animation: false,
        series: [
          {
            type: 'pie',
            radius: ['58%', '94%'],
            label: { show: false },
            silent: true,
            itemStyle: { borderColor: CHART_INK[theme].ground, borderWidth: 2 },
            data: shares.map(({ name, count }, n) => ({
              name: name ?? t('wall.others'),
              value: count,
              itemStyle: { color: colours[n] },
            })),
          },
        ],
      },
    [shares, colours, theme, t],
  )
  if (!shares || !option) return <p className="wall-quiet">{t('wall.waiting')}</p>
  if (shares.length === 0) return <p className="wall-quiet">{t('wall.none')}</p>
  const whole = shares.reduce((sum, { count }) => sum + count, 0)
  return (
    <div className="wall-ring">
      <Chart option={option} description={t(`wall.ringBy.${by}`)} className="wall-chart" />
      <ol>
        {shares.map(({ name, count }, n) => (
          <li key={name ?? ''}>
            <i style={{ background: colours[n] }} />
            <span className="wall-rank-name">{name ?? t('wall.others')}</span>
            <span className="wall-rank-value">{format.percent(Math.round((100 * count) / whole) / 100)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
