export interface Share {
  /** null: all that are too small to be named */
  name: string | null
  count: number
}

/** The `most` largest, and what is left of the others as one. */
export function sharesOf(counts: readonly { name: string; count: number }[], most: number): Share[] {
  const largest = counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count)
  const others = largest.slice(most).reduce((sum, { count }) => sum + count, 0)
  return [...largest.slice(0, most), ...(others > 0 ? [{ name: null, count: others }] : [])]
}
