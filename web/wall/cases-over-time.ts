import { histogram } from '../../domain/columns/histogram.ts'
import { type TrendAxis, trendAxis } from '../../domain/columns/trend.ts'
import type { ChosenCases } from './wall-cases.ts'

export interface CasesOverTime extends TrendAxis {
  /** by bar */
  counts: Uint32Array
}

/** Bars over the whole span of the cases: of a replay also over what is still to come. */
export function casesOverTime(
  { selection, span }: Pick<ChosenCases, 'selection' | 'span'>,
  timeZone: string,
): CasesOverTime {
  const axis = trendAxis(span, timeZone)
  return { ...axis, counts: histogram(selection, axis.edges) }
}
