import { drawBeyond, stopAtBanks } from './beyond.ts'
import { besideLine } from './curves.ts'
import type { TownNames } from './name-town.ts'
import type { Plan, Plot } from './plan.ts'
import { type Chain, lineOf } from './road-chains.ts'
import type { Site, SiteGround, SiteLine } from './site.ts'
import type { ArcKind, Name, TownRecipe } from './town-recipe.ts'
import type { Character, TownBaseFeature } from './town-types.ts'
import type { Trace } from './trace.ts'
import type { Point } from './warp.ts'

type Drawn = Pick<TownBaseFeature, 'layer' | 'class' | 'minZoom'>

const OF_CHARACTER: Record<Character, Drawn> = {
  'old-estate': { layer: 'landuse', class: 'residential', minZoom: 9 },
  'old-town': { layer: 'landuse', class: 'residential', minZoom: 9 },
  'new-estate': { layer: 'landuse', class: 'residential', minZoom: 9 },
  village: { layer: 'landuse', class: 'residential', minZoom: 9 },
  commercial: { layer: 'landuse', class: 'commercial', minZoom: 9 },
  industry: { layer: 'landuse', class: 'industrial', minZoom: 9 },
  school: { layer: 'landuse', class: 'school', minZoom: 11 },
  hospital: { layer: 'landuse', class: 'hospital', minZoom: 11 },
  station: { layer: 'landuse', class: 'railway', minZoom: 11 },
  field: { layer: 'landcover', class: 'farmland', minZoom: 9 },
  park: { layer: 'landcover', class: 'grass', minZoom: 9 },
  riverside: { layer: 'landcover', class: 'grass', minZoom: 10 },
  hill: { layer: 'landcover', class: 'wood', minZoom: 8 },
}

const OF_GROUND: Record<SiteGround['kind'], Drawn> = {
  grass: { layer: 'landcover', class: 'grass', minZoom: 13 },
  wood: { layer: 'landcover', class: 'wood', minZoom: 12 },
  pitch: { layer: 'landuse', class: 'pitch', minZoom: 13 },
  pond: { layer: 'water', class: 'pond', minZoom: 13 },
  lake: { layer: 'water', class: 'lake', minZoom: 10 },
}

const OF_LINE: Record<SiteLine['kind'], Drawn> = {
  service: { layer: 'transportation', class: 'service', minZoom: 14 },
  path: { layer: 'transportation', class: 'path', minZoom: 14 },
}

const OF_ROAD: Record<Exclude<ArcKind, 'wall' | 'rim'>, Drawn> = {
  river: { layer: 'water', class: 'river', minZoom: 6 },
  stream: { layer: 'water', class: 'river', minZoom: 8 },
  rail: { layer: 'transportation', class: 'rail', minZoom: 9 },
  primary: { layer: 'transportation', class: 'primary', minZoom: 8 },
  secondary: { layer: 'transportation', class: 'secondary', minZoom: 10 },
  tertiary: { layer: 'transportation', class: 'tertiary', minZoom: 12 },
  lane: { layer: 'transportation', class: 'minor', minZoom: 13 },
  ridge: { layer: 'transportation', class: 'path', minZoom: 13 },
}

/** From which zoom a road or river tells its name. */
const NAMED_FROM: Partial<Record<ArcKind, number>> = {
  river: 11,
  stream: 13,
  primary: 12,
  secondary: 13,
  tertiary: 13,
  lane: 14,
}

/** The base map: ground, greens and waters, roads as long as they are, and what goes on beyond the rim. */
export function makeBaseFeatures(
  recipe: TownRecipe,
  plan: Plan,
  trace: Trace,
  chains: readonly Chain[],
  sites: readonly (Plot & { site: Site })[],
  names: TownNames,
): TownBaseFeature[] {
  const { frame } = trace
  const closed = (points: readonly Point[]) => {
    const ring = points.map((point) => frame.toPosition(point))
    return [...ring, ring[0]!]
  }
  const area = (drawn: Drawn, points: readonly Point[], name?: Name): TownBaseFeature => ({
    ...drawn,
    name: name?.[0] ?? null,
    nameEn: name?.[1] ?? null,
    geometry: { type: 'Polygon', coordinates: [closed(points)] },
  })
  const line = (drawn: Drawn, points: readonly Point[], name?: Name): TownBaseFeature => ({
    ...drawn,
    name: name?.[0] ?? null,
    nameEn: name?.[1] ?? null,
    geometry: { type: 'LineString', coordinates: points.map((point) => frame.toPosition(point)) },
  })
  const beyond = drawBeyond(recipe, plan, trace, chains)
  const grounds = sites.map(({ character, estate, site }) => {
    const name = character === 'park' ? names.estates.get(estate) : undefined
    return area(OF_CHARACTER[character], site.ring, name)
  })
  const details = sites.flatMap(({ site }) => [
    ...site.grounds.map(({ kind, ring }) => area(OF_GROUND[kind], ring)),
    ...site.lines.map(({ kind, points }) => line(OF_LINE[kind], points)),
  ])
  const lines = chains.map((chain, i) => {
    const { points, halfWidthsM } = lineOf(chain, trace)
    const { before, after } = beyond.tails[i]!
    const whole = [...before, ...points, ...after]
    const kind = chain.kind as keyof typeof OF_ROAD
    const name = names.roads.get(chain.road)
    if (kind !== 'river' && kind !== 'stream') {
      const [start, end] = [chain.halfEdges[0]!, chain.halfEdges.at(-1)! ^ 1]
      return line(OF_ROAD[kind], stopAtBanks(plan, trace, whole, start, end), name)
    }
    const widths = [
      ...before.map(() => halfWidthsM[0]!),
      ...halfWidthsM,
      ...after.map(() => halfWidthsM.at(-1)!),
    ]
    const left = besideLine(whole, widths)
    const right = besideLine(
      whole,
      widths.map((width) => -width),
    )
    return area(OF_ROAD[kind], [...right, ...left.reverse()], name)
  })
  const lineNames = chains.flatMap(({ kind, road }, i) => {
    const name = names.roads.get(road)
    const minZoom = NAMED_FROM[kind]
    if (!name || minZoom === undefined) return []
    const isWater = kind === 'river' || kind === 'stream'
    const drawn = OF_ROAD[kind as keyof typeof OF_ROAD]
    const layer = isWater ? 'water_name' : 'transportation_name'
    return [line({ layer, class: drawn.class, minZoom }, lineOf(chains[i]!, trace).points, name)]
  })
  const island = islandRing(recipe, trace)
  const river = lines.find((feature) => feature.class === 'river')!
  if (river.geometry.type === 'Polygon') river.geometry.coordinates.push(closed(island).reverse())
  return [
    ...beyond.grounds.map(({ kind, ring }) => area(OF_CHARACTER[kind], ring)),
    ...grounds,
    area({ layer: 'landcover', class: 'wood', minZoom: 11 }, island),
    ...details,
    ...lines,
    ...lineNames,
    ...placeNames(recipe, plan, trace),
  ]
}

function islandRing({ island: { eastM, lengthM, widthM } }: TownRecipe, { warp }: Trace): Point[] {
  return Array.from({ length: 40 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 40
    const wave = 1 + 0.1 * Math.sin(3 * angle + 1)
    return warp.apply(eastM + (lengthM / 2) * Math.cos(angle), (widthM / 2) * wave * Math.sin(angle))
  })
}

/** The district's name at the confluence, those of quarters round it. */
function placeNames({ names }: TownRecipe, { extent }: Plan, { frame, warp }: Trace): TownBaseFeature[] {
  const place = (
    [name, nameEn]: Name,
    kind: string,
    minZoom: number,
    x: number,
    y: number,
  ): TownBaseFeature => ({
    layer: 'place',
    class: kind,
    name,
    nameEn,
    minZoom,
    geometry: { type: 'Point', coordinates: frame.toPosition(warp.apply(x, y)) },
  })
  const spots = [
    [0.14 * extent.west, 0.16 * extent.north],
    [0.2 * extent.east, 0.42 * extent.north],
    [0.1 * extent.west, 0.45 * extent.south],
    [0.6 * extent.east, 0.2 * extent.north],
  ] as const
  return [
    place(names.district, 'city', 4, 0, 0),
    ...names.quarters.map((name, i) => place(name, 'suburb', 11, ...spots[i]!)),
  ]
}
