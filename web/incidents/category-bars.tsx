import { useTranslation } from 'react-i18next'
import type { Category } from '../../domain/incident.ts'
import { type Bar, BarList } from '../ui/bar-list.tsx'
import { useFormat } from '../ui/format.ts'
import { nameIn } from '../ui/language.ts'
import { Section } from '../ui/section.tsx'
import { byTopCategory, type Figures } from './figures.ts'

const LISTED = 6

/** The most frequent upper categories. */
export function CategoryBars({ figures, categories }: { figures: Figures; categories: readonly Category[] }) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const parentOf = new Map(categories.map(({ code, parentCode }) => [code, parentCode]))
  const tops = byTopCategory(figures.byCategory, parentOf)
  const rest = tops.slice(LISTED).reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(1, ...tops.slice(0, LISTED).map(({ count }) => count))
  const bars: Bar[] = tops.slice(0, LISTED).map(({ code, count }) => {
    const category = byCode.get(code)
    return { key: code, label: category ? nameIn(language, category) : code, value: count }
  })
  if (rest > 0)
    bars.push({ key: '', label: t('figures.otherCategories'), value: rest, color: 'var(--text-3)' })
  return (
    <Section title={t('figures.byCategory')}>
      {bars.length > 0 ? (
        <BarList label={t('figures.byCategory')} full={most} bars={bars} />
      ) : (
        <p className="quiet">{t('figures.none')}</p>
      )}
    </Section>
  )
}
