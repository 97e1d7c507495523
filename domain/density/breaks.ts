export const BREAK_METHODS = ['quantile', 'equal'] as const
export type BreakMethod = (typeof BREAK_METHODS)[number]

/** Values above the class before it, up to and including `to`. */
export interface ValueClass {
  /** smallest value the class can hold, for the legend */
  from: number
  to: number
  places: number
}

/** How the values of a map fall into classes. Zero is a class of its own where no value is negative. */
export interface ValueClasses {
  zeroApart: boolean
  zeros: number
  /** places without a value */
  withoutValue: number
  /** ascending; fewer than asked for when there are fewer distinct values */
  classes: ValueClass[]
}

/** What classOf answers for zero where zero is apart. */
export const ZERO_CLASS = -1

/**
 * `quantile`: about equally many places a class, equal values never parted. `equal`: classes of equal width,
 * some perhaps empty. Whole numbers get whole bounds.
 */
export function classBreaks(
  values: Iterable<number | null>,
  wanted: number,
  method: BreakMethod,
): ValueClasses {
  const all = [...values]
  const known = all.filter((value) => value !== null)
  const zeroApart = known.every((value) => value >= 0)
  const classed = known.filter((value) => !zeroApart || value !== 0).sort((a, b) => a - b)
  const bounds = method === 'quantile' ? quantileBounds(classed, wanted) : equalBounds(classed, wanted)
  return {
    zeroApart,
    zeros: zeroApart ? known.length - classed.length : 0,
    withoutValue: all.length - known.length,
    classes: method === 'quantile' ? fromData(classed, bounds) : fromBounds(classed, bounds),
  }
}

/** The number of the class of `value`, ZERO_CLASS, or null without value. Beyond the last class: the last. */
export function classOf({ zeroApart, classes }: ValueClasses, value: number | null): number | null {
  if (value === null || (classes.length === 0 && value !== 0)) return null
  if (zeroApart && value === 0) return ZERO_CLASS
  const found = classes.findIndex(({ to }) => value <= to)
  return found < 0 ? classes.length - 1 : found
}

/** Upper bounds, ascending and distinct; the last is the largest value. */
function quantileBounds(sorted: readonly number[], wanted: number): number[] {
  const distinct = [...new Set(sorted)]
  if (distinct.length <= wanted) return distinct
  const cuts = Array.from(
    { length: wanted },
    (_, n) => sorted[Math.ceil(((n + 1) * sorted.length) / wanted) - 1]!,
  )
  return [...new Set(cuts)]
}

function equalBounds(sorted: readonly number[], wanted: number): number[] {
  const least = sorted[0]
  const most = sorted.at(-1)
  if (least === undefined || most === undefined) return []
  if (least === most) return [most]
  const whole = sorted.every(Number.isInteger)
  const bounds = Array.from({ length: wanted - 1 }, (_, n) => {
    const bound = least + ((most - least) * (n + 1)) / wanted
    return whole ? Math.floor(bound) : bound
  })
  return [...new Set([...bounds, most])]
}

function fromData(sorted: readonly number[], bounds: readonly number[]): ValueClass[] {
  return fromBounds(sorted, bounds).map((one, n) => ({
    ...one,
    from: n === 0 ? one.from : sorted.find((value) => value > bounds[n - 1]!)!,
  }))
}

function fromBounds(sorted: readonly number[], bounds: readonly number[]): ValueClass[] {
  const whole = sorted.every(Number.isInteger)
  return bounds.map((to, n) => {
    const below = bounds[n - 1]
    const from = below === undefined ? sorted[0]! : whole ? below + 1 : below
    const places = sorted.filter((value) => value <= to && (below === undefined || value > below)).length
    return { from, to, places }
  })
}
