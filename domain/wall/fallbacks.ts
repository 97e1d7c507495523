import type { AreaLevel } from '../area.ts'
import type { DensityMeasure, DensityUnit } from '../density/density.ts'
import type { RankingBy } from './panel.ts'

/** Of levels of areas the next finer one. */
const FINER = { district: 'street', street: 'community', community: 'grid' } as const

/**
 * What a ranking or the colours of a map are by: where no area of that level that holds grids is seen, as on a screen of
 * one community, the next finer one that is. Null: not known yet.
 */
export function seenUnit<By extends RankingBy | DensityUnit>(
  by: By,
  areas: readonly { level: AreaLevel; gridCount: number }[] | null,
): By | 'street' | 'community' | 'grid' | null {
  if (!(by in FINER) || areas?.some(({ level, gridCount }) => level === by && gridCount > 0)) return by
  return areas && seenUnit(FINER[by as keyof typeof FINER], areas)
}

/** What the colours of a map tell: where nobody has counted households those by them would be none. */
export function knownMeasure(
  measure: DensityMeasure,
  grids: readonly { households: number | null }[] | null,
): DensityMeasure {
  const knowsHouseholds = grids?.some(({ households }) => households)
  return measure === 'perHundredHouseholds' && !knowsHouseholds ? 'perKm2' : measure
}
