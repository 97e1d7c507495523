import type { Random } from '../random.ts'
import type { Site } from './site.ts'

/** Yards take no more than this share of the houses. */
const MOST = 0.35

/** Takes so many houses evenly from all sites that buildings come down to `wanted`, as far as houses go. */
export function thinHouses(sites: readonly Site[], wanted: number, random: Random): void {
  let [total, houses] = [0, 0]
  for (const { lots } of sites) {
    total += lots.length
    for (const { use } of lots) if (use === 'house') houses++
  }
  const share = Math.min(Math.max((total - wanted) / Math.max(houses, 1), 0), MOST)
  for (const site of sites) site.keepLots(({ use }) => use !== 'house' || !random.chance(share))
}
