import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PanelOf } from '../../domain/wall/panel.ts'
import { Chart } from '../ui/chart.tsx'
import { useFormat } from '../ui/format.ts'
import { CHART_INK, diverging } from '../ui/palettes.ts'
import { FONT_FAMILY, WALL_TYPE_PIXELS } from '../ui/scale.ts'
import { casesOverTime } from './cases-over-time.ts'
import { usePanelCases, useWallScene } from './wall-context.ts'

/** Cases over time; of a replay what is still to come is faint. */
export function TrendPanel({ panel }: { panel: PanelOf<'trend'> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { theme, timeZone, replayAt } = useWallScene()
  const cases = usePanelCases(panel)
  const trend = useMemo(() => cases && casesOverTime(cases, timeZone), [cases, timeZone])
  const option = useMemo(() => {
    if (!trend) return null
    const ink = CHART_INK[theme]
    const colour = diverging(theme, 7)[0]!
    const text = { color: ink.text, fontSize: WALL_TYPE_PIXELS.s, fontFamily: FONT_FAMILY }
    const starts = trend.edges.slice(0, -1)
    const write = trend.unit === 'hour' ? format.hour : trend.unit === 'day' ? format.day : format.month
    return {
      animation: false,
      grid: {
        left: 0,
        right: 18,
        top: 8,
        bottom: 0,
        outerBoundsMode: 'same',
        outerBoundsContain: 'axisLabel',
      },
      xAxis: {
        type: 'category',
        data: starts.map(write),
        axisLabel: { ...text, hideOverlap: true },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: ink.line } },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 2,
        axisLabel: { ...text, formatter: format.short },
        splitLine: { lineStyle: { color: ink.line } },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '20%',
          data: starts.map((start, bar) => ({
            value: trend.counts[bar]!,
            itemStyle: { color: colour, opacity: replayAt !== null && start >= replayAt ? 0.25 : 1 },
          })),
        },
      ],
    }
  }, [trend, theme, format, replayAt])
  if (!option) return <p className="wall-quiet">{t('wall.waiting')}</p>
  return <Chart option={option} description={t('wall.kind.trend')} className="wall-chart" />
}
