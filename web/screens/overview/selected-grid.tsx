import { useMemo } from 'react'
import { compileFilter } from '../../../domain/columns/filter.ts'
import { selectRows } from '../../../domain/columns/select.ts'
import { trendOf } from '../../../domain/columns/trend.ts'
import type { Category } from '../../../domain/incident.ts'
import { GridPanel } from '../../grids/grid-panel.tsx'
import { CategoryBars } from '../../incidents/category-bars.tsx'
import { figuresOf } from '../../incidents/figures.ts'
import { KeyFigures } from '../../incidents/key-figures.tsx'
import { LastCases } from '../../incidents/last-cases.tsx'
import { TrendSection } from '../../incidents/trend-section.tsx'
import { secondsOf } from '../../ui/format.ts'
import type { Names } from '../../ui/names.ts'
import type { Theme } from '../../ui/palettes.ts'
import type { Cases } from './use-cases.ts'

interface SelectedGridProps {
  code: string
  cases: Cases
  names: Names
  categories: readonly Category[]
  timeZone: string
  theme: Theme
  /** seconds after 1970 */
  now: number
  onPickCase(id: number): void
  onClose(): void
}

/** One grid's panel: its facts, and those of all cases that stand in it and pass the filters. */
export function SelectedGrid({
  code,
  cases,
  names,
  categories,
  timeZone,
  theme,
  now,
  onPickCase,
  onClose,
}: SelectedGridProps) {
  const grid = names.grids.get(code) ?? null
  const { columns } = cases.selection
  const filter = useMemo(() => ({ ...cases.filter, grid: code }), [cases.filter, code])
  const figures = useMemo(() => {
    const selection = compileFilter(filter, columns, cases.context)
    return figuresOf(selection, selectRows(selection), now)
  }, [filter, columns, cases.context, now])
  const trend = useMemo(() => {
    const span = { from: secondsOf(filter.from!), to: secondsOf(filter.to!) }
    return trendOf(filter, span, columns, cases.context, timeZone)
  }, [filter, columns, cases.context, timeZone])
  return (
    <GridPanel code={code} grid={grid} areaNames={grid ? names.above(grid) : []} onClose={onClose}>
      <KeyFigures figures={figures} />
      <TrendSection trend={trend} theme={theme} />
      <CategoryBars figures={figures} categories={categories} />
      <LastCases filter={filter} categories={categories} theme={theme} onPick={onPickCase} />
    </GridPanel>
  )
}
