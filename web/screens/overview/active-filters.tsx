import { CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { StatusSymbol } from '../../ui/status-symbol.tsx'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

interface ActiveFiltersProps {
  view: ViewState
  change: ChangeView
  categoryName(code: string): string
}

/** What the cases on the screen are narrowed by, in plain sight; pressing one takes it away. */
export function ActiveFilters({ view, change, categoryName }: ActiveFiltersProps) {
  const { t } = useTranslation()
  const active = [
    ...view.status.map((status) => ({
      key: `status ${status}`,
      name: t(`status.${status}`),
      mark: <StatusSymbol status={status} overdue={false} theme={view.theme} />,
      remove: () => change({ status: without(view.status, status) }),
    })),
    ...view.level.map((level) => ({
      key: `level ${level}`,
      name: t(`level.${level}`),
      mark: null,
      remove: () => change({ level: without(view.level, level) }),
    })),
    ...view.category.map((code) => ({
      key: `category ${code}`,
      name: categoryName(code),
      mark: null,
      remove: () => change({ category: without(view.category, code) }),
    })),
  ]
  if (active.length === 0) return null
  return (
    <ul className="active-filters" aria-label={t('filter.active')}>
      {active.map(({ key, name, mark, remove }) => (
        <li key={key}>
          <button
            type="button"
            className="active-filter"
            data-filter={key}
            aria-label={t('filter.remove', { name })}
            title={t('filter.remove', { name })}
            onClick={remove}
          >
            {mark}
            <span>{name}</span>
            <CloseOutlined aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}

const without = <T,>(list: readonly T[], one: T) => list.filter((other) => other !== one)
