import { buildFronts } from './fronts.ts'
import { buildRows, RowFrame } from './rows.ts'
import type { Site } from './site.ts'

/** Large sheds in rows, offices at the gate. */
export function buildIndustry(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, site.slant)
  buildFronts(site, {
    chances: { primary: 0.5, secondary: 0.5, tertiary: 0.4 },
    lengthM: [26, 44],
    depthM: [13, 17],
    gapM: [14, 34],
    lot: () => ({ shape: 'box', use: random.chance(0.25) ? 'homes' : 'public', floors: 3 + random.below(4) }),
  })
  const depthM = random.between(30, 56)
  buildRows(site, frame, {
    depthM,
    pitchM: depthM + random.between(13, 20),
    lengthM: { least: 30, wanted: random.between(62, 110), most: 130 },
    gapM: random.between(11, 18),
    lot: () => ({
      shape: random.chance(0.15) ? 'angle' : 'box',
      use: 'works',
      floors: random.chance(0.8) ? 1 : 3,
    }),
  })
  buildRows(site, frame, {
    depthM: 20,
    pitchM: 32,
    lengthM: { least: 18, wanted: 36, most: 50 },
    gapM: 10,
    lot: () => ({ shape: 'box', use: 'works', floors: 1 + random.below(2) }),
  })
}

/** Department stores and offices along the streets, towers behind. */
export function buildCommercial(site: Site): void {
  const { random } = site
  const frame = new RowFrame(site, site.slant)
  buildFronts(site, {
    chances: { primary: 1, secondary: 1, tertiary: 0.9, lane: 0.6 },
    lengthM: [28, 62],
    depthM: [18, 30],
    gapM: [5, 10],
    lot: () => ({
      shape: random.chance(0.25) ? 'angle' : 'box',
      use: 'shops',
      floors: random.chance(0.28) ? 12 + random.below(16) : 3 + random.below(4),
    }),
  })
  buildRows(site, frame, {
    depthM: random.between(22, 34),
    pitchM: random.between(40, 52),
    lengthM: { least: 20, wanted: random.between(30, 48), most: 60 },
    gapM: 10,
    lot: () => ({
      shape: random.chance(0.4) ? 'cross' : 'box',
      use: random.chance(0.5) ? 'homes' : 'public',
      floors: 9 + random.below(22),
    }),
  })
}
