import { useTranslation } from 'react-i18next'
import type { Trend, TrendUnit } from '../../domain/columns/trend.ts'
import { type Format, useFormat } from '../ui/format.ts'
import { type Theme, trendColours } from '../ui/palettes.ts'
import { Section } from '../ui/section.tsx'
import { TimeBars } from '../ui/time-bars.tsx'

const axisLabel = (unit: TrendUnit, edge: number, format: Format) =>
  unit === 'hour' ? format.hour(edge) : unit === 'day' ? format.day(edge) : format.month(edge)

const barTitle = (unit: TrendUnit, edge: number, format: Format) =>
  unit === 'hour' ? format.dateTime(edge) : unit === 'day' ? format.date(edge) : format.month(edge)

interface TrendSectionProps {
  trend: Trend
  theme: Theme
}

/** Cases over time, those still open set off from those closed since. */
export function TrendSection({ trend, theme }: TrendSectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const colours = trendColours(theme)
  const starts = trend.edges.slice(0, -1)
  const sum = (values: Uint32Array) => values.reduce((total, value) => total + value, 0)
  const total = sum(trend.open) + sum(trend.closed)
  return (
    <Section
      title={t('trend.title')}
      aside={
        <span className="key">
          <i className="dot" style={{ background: colours.open }} />
          {t('figures.open')}
          <i className="dot" style={{ background: colours.closed }} />
          {t('trend.closed')}
        </span>
      }
    >
      <div data-figure="trend" data-value={total}>
        <TimeBars
          theme={theme}
          heightPixels={124}
          labels={starts.map((edge) => axisLabel(trend.unit, edge, format))}
          titles={starts.map((edge) => barTitle(trend.unit, edge, format))}
          series={[
            { name: t('trend.closed'), color: colours.closed, values: trend.closed },
            { name: t('figures.open'), color: colours.open, values: trend.open },
          ]}
          description={t('trend.description', {
            unit: t(`trend.unit.${trend.unit}`),
            total: format.count(total),
            bars: starts.length,
          })}
        />
      </div>
    </Section>
  )
}
