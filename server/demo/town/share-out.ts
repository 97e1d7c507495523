/**
 * Shares `total` out in whole numbers by weight, each at least `least`: the largest remainder method. Needs
 * `total >= least * weights.length`.
 */
export function shareOut(total: number, weights: readonly number[], least: number): number[] {
  const free = total - least * weights.length
  const sum = weights.reduce((a, b) => a + b, 0)
  // what a weight would get above the least; shares below it are lifted, the rest shrink alike
  const wanted = weights.map((weight) => Math.max((total * weight) / sum - least, 0))
  const factor =
    free /
    Math.max(
      wanted.reduce((a, b) => a + b, 0),
      Number.MIN_VALUE,
    )
  const exact = wanted.map((share) => share * factor)
  const shares = exact.map(Math.floor)
  const missing = free - shares.reduce((a, b) => a + b, 0)
  const order = exact
    .map((share, i) => ({ i, rest: share - shares[i]! }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (let k = 0; k < missing; k++) shares[order[k % order.length]!.i]!++
  return shares.map((share) => share + least)
}
