import { type Measure, median, meetsTarget } from './measure.ts'

const HEADINGS = ['measure', 'ours', 'unit', 'held against', 'theirs', 'ratio', 'spread', 'target', '']
const RIGHT_ALIGNED = new Set([1, 4, 5, 6, 7])

/** The measures as a table for the terminal. */
export function benchTable(measures: readonly Measure[]): string {
  const rows = [HEADINGS, ...measures.map(cells)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        RIGHT_ALIGNED.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  )
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '))
  return lines.join('\n')
}

function cells(measure: Measure): string[] {
  return [
    measure.name,
    figure(measure.ours),
    measure.unit,
    measure.against,
    figure(measure.peer),
    median(measure.ratios).toFixed(2),
    `${Math.min(...measure.ratios).toFixed(2)}-${Math.max(...measure.ratios).toFixed(2)}`,
    measure.target === null ? '-' : `>= ${Number(measure.target.toFixed(2))}`,
    measure.target === null ? '' : meetsTarget(measure) ? 'met' : 'SHORT',
  ]
}

function figure(value: number): string {
  if (value >= 1000) return value.toFixed(0)
  return value >= 99 ? value.toFixed(2) : value.toPrecision(3)
}
