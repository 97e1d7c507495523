import { useTranslation } from 'react-i18next'
import type { Category } from '../../../domain/incident.ts'
import type { Density } from '../../density/use-density.ts'
import { CategoryBars } from '../../incidents/category-bars.tsx'
import { KeyFigures } from '../../incidents/key-figures.tsx'
import { TrendSection } from '../../incidents/trend-section.tsx'
import { BarList } from '../../ui/bar-list.tsx'
import { useFormat } from '../../ui/format.ts'
import { STATUS_COLOURS, type Theme } from '../../ui/palettes.ts'
import { Section } from '../../ui/section.tsx'
import type { Cases } from './use-cases.ts'

const LISTED = 8

interface FiguresPanelProps {
  cases: Cases
  density: Density | null
  categories: readonly Category[]
  theme: Theme
  /** name of a grid or area by its code */
  placeName(code: string): string
  onPickPlace(code: string): void
}

/** The key figures of all cases that pass the filters. */
export function FiguresPanel({
  cases,
  density,
  categories,
  theme,
  placeName,
  onPickPlace,
}: FiguresPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { figures, trend } = cases
  const densest = density ? densestPlaces(density) : []
  return (
    <>
      <KeyFigures figures={figures} />
      <Section title={t('figures.byStatus')}>
        {figures.total === 0 && <p className="quiet">{t('figures.none')}</p>}
        <BarList
          label={t('figures.byStatus')}
          columns={2}
          full={Math.max(1, figures.total)}
          bars={figures.byStatus
            .filter(({ count }) => count > 0)
            .map(({ status, count }) => ({
              key: status,
              label: t(`status.${status}`),
              value: count,
              color: STATUS_COLOURS[theme][status],
            }))}
        />
      </Section>
      <TrendSection trend={trend} theme={theme} />
      <CategoryBars figures={figures} categories={categories} />
      {density && densest.length > 0 && (
        <Section
          title={t('figures.densest', { unit: t(`density.unit.${density.answer.by}`) })}
          aside={<span className="quiet">{t(`density.measure.${density.answer.measure}`)}</span>}
        >
          <BarList
            label={t('figures.densest', { unit: t(`density.unit.${density.answer.by}`) })}
            onPick={density.answer.by === 'grid' ? onPickPlace : undefined}
            bars={densest.map(({ code, value }) => ({
              key: code,
              label: placeName(code),
              value,
              text: format.measure(value),
            }))}
          />
        </Section>
      )}
    </>
  )
}

function densestPlaces({ answer }: Density): { code: string; value: number }[] {
  if (answer.by === 'hexagon') return []
  return answer.rows
    .flatMap(({ code, value }) => (value ? [{ code, value }] : []))
    .sort((a, b) => b.value - a.value || (a.code < b.code ? -1 : 1))
    .slice(0, LISTED)
}
