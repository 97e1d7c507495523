import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'

/** Findings of an import that are no rejection, by the place where its summary has them. */
const FACTS = [
  'newAreas',
  'areasAddedAbove',
  'newCategories',
  'newDepartments',
  'mendedShapes',
  'outsideGrids',
  'stepsAppended',
  'historyKept',
  'reattributed.buildings',
  'reattributed.incidents',
  'reattributed.places',
  'coverage.gaps',
  'coverage.overlaps',
  'cleaning.problems',
  'crowdedPoint.cases',
] as const

/** What else an import did or found; nothing is said of what there is none of. */
export function SummaryFacts({ summary }: { summary: Record<string, unknown> }) {
  const { t } = useTranslation()
  const { count } = useFormat()
  const facts = FACTS.map((fact) => ({ fact, value: valueAt(summary, fact) })).filter(
    ({ value }) => value > 0,
  )
  const intakes = Object.entries((summary.intakesTakenAsPublic ?? {}) as Record<string, number>)
  const unused = typeof summary.unusedColumns === 'string' ? summary.unusedColumns : ''
  if (facts.length + intakes.length + unused.length === 0) return null
  return (
    <ul className="summary-facts">
      {facts.map(({ fact, value }) => (
        <li key={fact}>{t(`imports.summary.${fact}`, { rows: count(value) })}</li>
      ))}
      {intakes.map(([word, rows]) => (
        <li key={word}>{t('imports.summary.intake', { word, rows: count(rows) })}</li>
      ))}
      {unused && <li>{t('imports.summary.unusedColumns', { columns: unused })}</li>}
    </ul>
  )
}

function valueAt(summary: Record<string, unknown>, path: string): number {
  let value: unknown = summary
  for (const name of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'number' ? value : 0
}
