import { readFile } from 'node:fs/promises'
import type { Position } from '../../../domain/geometry.ts'
import type { Character, EstateType } from './town-types.ts'

const FIGURES = new URL('../../../data/demo-town.json', import.meta.url)
const NAMES = new URL('../../../data/demo-names.json', import.meta.url)

/** What a border of a grid runs along. */
export const ARC_KINDS = [
  'river',
  'stream',
  'rail',
  'primary',
  'secondary',
  'tertiary',
  'lane',
  'wall',
  'ridge',
  'rim',
] as const
export type ArcKind = (typeof ARC_KINDS)[number]

export interface ArcWidth {
  /** from the middle of the road, track or water to its edge */
  halfWidthM: number
  /** from there to the nearest building */
  setbackM: number
}

/** Shifts every point along `directionDeg` (from east, anticlockwise) by a sine of its place across it. */
export interface Bend {
  directionDeg: number
  waveM: number
  shiftM: number
  phaseDeg: number
}

/** Turns the plane about a point (metres in the plan) by an angle that fades with the distance. */
export interface Swirl {
  at: [eastM: number, northM: number]
  turnDeg: number
  radiusM: number
}

/** A part of the town about as large as a square kilometre, and what is built in it. */
export interface Theme {
  /** hectares of a grid, before all are scaled to the number of grids wanted */
  gridHa: number
  /** degrees by which streets turn from the square */
  crookedDeg: number
  mix: Partial<Record<Character, number>>
}

export const THEMES = [
  'old-town',
  'centre',
  'old',
  'new',
  'mixed',
  'works',
  'fringe',
  'field',
  'park',
  'riverside',
  'hill',
] as const
export type ThemeName = (typeof THEMES)[number]

interface TownFigures {
  seed: number
  /** where the rivers meet: longitude, latitude */
  centre: Position
  /** six digits that no county has */
  districtCode: string
  streets: number
  communitiesPerStreet: number
  grids: number
  households: number
  buildings: number
  /** metres from the confluence to the rim, before the plan is bent */
  extentM: Record<'west' | 'east' | 'south' | 'north', number>
  /** 0: the plan's corners stay, 1: it becomes a disc */
  roundness: number
  bends: Bend[]
  swirls: Swirl[]
  /** how the district's rim strays in and out, and within which distance from it */
  rim: { fadeM: number; waves: { waveM: number; shiftM: number }[] }
  arcs: Record<ArcKind, ArcWidth>
  /** an island in the middle of the river, which is wider there by so much on either side */
  island: { eastM: number; lengthM: number; widthM: number; widensM: number }
  /** metres between main roads: at the centre, and how much more for each further one */
  mainRoads: { firstM: number; growth: number; riversideM: number; railEastM: number }
  /** metres that rivers, main roads and hills go on beyond the rim */
  beyondM: number
  /** share of the way to the eastern rim where the hills begin */
  hillsFrom: number
  themes: Record<ThemeName, Theme>
  /** households wanted in a grid of each character, and residents in a household */
  homes: Record<Character, { households: number; residentsPerHousehold: number }>
  /** square metres of a flat in an estate of each type, stairs and walls included */
  flatM2: Record<EstateType, number>
}

export type Name = [chinese: string, english: string]
type RoadKind = 'primary' | 'secondary' | 'tertiary' | 'lane'

/** What names are put together from; a syllable is a character, a blank and its pinyin. */
export interface NameTables {
  district: Name
  river: Name
  stream: Name
  railway: Name
  hills: Name
  station: Name
  /** north, south */
  riverside: [Name, Name]
  riversideRoads: [Name, Name]
  quarters: Name[]
  roadHeads: string[]
  roadTails: string[]
  estateHeads: string[]
  estateTails: string[]
  placeHeads: string[]
  placeTails: string[]
  kinds: Record<Exclude<Character, 'riverside' | 'station'>, Name[]>
  roads: Record<RoadKind, Name[]>
  /** buildings of an estate that have names of their own */
  estateServices: string[]
}

export interface TownRecipe extends TownFigures {
  names: NameTables
}

/** How the demo district is made, from `data/`. */
export async function readTownRecipe(): Promise<TownRecipe> {
  const [figures, names] = await Promise.all([readFile(FIGURES, 'utf8'), readFile(NAMES, 'utf8')])
  return { ...(JSON.parse(figures) as TownFigures), names: JSON.parse(names) as NameTables }
}
