import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Category, LEVELS, STATUSES } from '../../../domain/incident.ts'
import { Chips } from '../../ui/chips.tsx'
import { Section } from '../../ui/section.tsx'
import { StatusSymbol } from '../../ui/status-symbol.tsx'
import { ActiveFilters } from './active-filters.tsx'
import { CategoryTree } from './category-tree.tsx'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

interface FilterPanelProps {
  view: ViewState
  change: ChangeView
  categories: readonly Category[]
  categoryName(code: string): string
}

/** Which cases: status, level, category. */
export function FilterPanel({ view, change, categories, categoryName }: FilterPanelProps) {
  const { t } = useTranslation()
  const filtered = view.status.length + view.level.length + view.category.length > 0
  return (
    <Section
      title={t('filter.title')}
      aside={
        <Button
          size="small"
          type="text"
          disabled={!filtered}
          onClick={() => change({ status: [], level: [], category: [] })}
        >
          {t('filter.clear')}
        </Button>
      }
    >
      <ActiveFilters view={view} change={change} categoryName={categoryName} />
      <h3 className="field">{t('filter.status')}</h3>
      <Chips
        label={t('filter.status')}
        chips={STATUSES.map((status) => ({
          value: status,
          label: t(`status.${status}`),
          mark: <StatusSymbol status={status} overdue={false} theme={view.theme} />,
        }))}
        chosen={view.status}
        onChange={(status) => change({ status })}
      />
      <h3 className="field">{t('filter.level')}</h3>
      <Chips
        label={t('filter.level')}
        chips={LEVELS.map((level) => ({ value: level, label: t(`level.${level}`) }))}
        chosen={view.level}
        onChange={(level) => change({ level })}
      />
      <h3 className="field">{t('filter.category')}</h3>
      <CategoryTree
        categories={categories}
        chosen={view.category}
        onChange={(category) => change({ category })}
      />
    </Section>
  )
}
