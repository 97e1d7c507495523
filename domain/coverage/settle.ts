import type { Position } from '../geometry.ts'
import type { Arrangement } from './arrange.ts'
import { toDegrees } from './lattice.ts'
import { findRegions, isSliver, type Measures, measure, type Region, sumOf, widest } from './regions.ts'
import type { Change, Problem } from './report.ts'

export interface SliverLimits {
  /** a gap or overlap in which no circle of this diameter fits is a sliver */
  toleranceM: number
  /** and only if it is no larger than this; no limit when left out */
  sliverAreaM2?: number
}

/** Who gets which face. */
export interface Settlement {
  keysOfFace: (readonly number[])[]
  changes: Change[]
  problems: Problem[]
}

interface Sliver {
  region: Region
  measures: Measures
}

/**
 * Gives each sliver to the neighbour with the longest border to it (of equals the lower key; of an overlap
 * only to one of those who claim it), and reports what is too wide or too large to be one. Pieces of a grid
 * that a closed sliver cut off go the same way when they are slivers themselves. No grid loses its last face.
 * Decisions look at shapes and keys only, so they do not depend on the order of the input.
 */
export function settle(arrangement: Arrangement, keys: readonly string[], limits: SliverLimits): Settlement {
  const settlement: Settlement = { keysOfFace: [...arrangement.faceKeys], changes: [], problems: [] }
  const unsettled = findRegions(
    arrangement,
    arrangement.faceKeys,
    (face) => arrangement.faceKeys[face]!.length !== 1,
  )
  const slivers: Sliver[] = []
  for (const region of unsettled) {
    const measures = measure(arrangement, region)
    if (isWithin(measures, limits)) slivers.push({ region, measures })
    else settlement.problems.push(problemOf(arrangement, keys, region, measures))
  }
  closeSlivers(arrangement, keys, slivers, settlement)
  moveFragments(arrangement, keys, limits, settlement)
  return settlement
}

function isWithin(measures: Measures, { toleranceM, sliverAreaM2 = Infinity }: SliverLimits): boolean {
  return measures.areaM2 <= sliverAreaM2 && isSliver(measures, toleranceM)
}

/** A gap with the keys around it, or an overlap with the keys that claim it. */
export function problemOf(
  arrangement: Arrangement,
  keys: readonly string[],
  region: Region,
  measures: Measures,
): Problem {
  const isGap = region.keys.length === 0
  const concerned = isGap
    ? new Set(region.border.flatMap((h) => arrangement.faceKeys[arrangement.face[h ^ 1]!]!))
    : region.keys
  return {
    kind: isGap ? 'gap' : 'overlap',
    keys: [...concerned].sort((a, b) => a - b).map((key) => keys[key]!),
    areaM2: measures.areaM2,
    ...widest(measures),
  }
}

function closeSlivers(
  arrangement: Arrangement,
  keys: readonly string[],
  slivers: readonly Sliver[],
  { keysOfFace, changes }: Settlement,
): void {
  const receivers = giveAway(arrangement, keysOfFace, slivers, ({ region }) => {
    const candidates = region.keys.length > 0 ? region.keys : neighbours(arrangement, region)
    return Math.min(...candidates)
  })
  for (const key of keysWithoutFace(keysOfFace, slivers)) {
    for (const sliver of slivers) {
      if (!sliver.region.keys.includes(key)) continue
      receivers.set(sliver, key)
      give(keysOfFace, sliver.region, [key])
    }
  }
  for (const [sliver, receiver] of receivers) {
    const isOverlap = sliver.region.keys.length > 0
    const others = isOverlap ? sliver.region.keys : neighbours(arrangement, sliver.region)
    const kind = isOverlap ? 'overlap-removed' : 'sliver-closed'
    changes.push(changeOf(arrangement, keys, kind, sliver, receiver, others))
  }
}

/**
 * Gives slivers to their neighbours, those among other slivers after these; `last` says who gets one that has
 * no other neighbours than slivers.
 */
function giveAway(
  arrangement: Arrangement,
  keysOfFace: (readonly number[])[],
  slivers: readonly Sliver[],
  last: (sliver: Sliver) => number,
): Map<Sliver, number> {
  const receivers = new Map<Sliver, number>()
  let open = slivers
  while (open.length > 0) {
    const decided = new Map<Sliver, number>()
    for (const sliver of open) {
      const receiver = receiverOf(arrangement, keysOfFace, sliver)
      if (receiver !== null) decided.set(sliver, receiver)
    }
    if (decided.size === 0) for (const sliver of open) decided.set(sliver, last(sliver))
    for (const [sliver, receiver] of decided) {
      receivers.set(sliver, receiver)
      give(keysOfFace, sliver.region, [receiver])
    }
    open = open.filter((sliver) => !receivers.has(sliver))
  }
  return receivers
}

function changeOf(
  arrangement: Arrangement,
  keys: readonly string[],
  kind: Change['kind'],
  { region, measures }: Sliver,
  receiver: number,
  others: Iterable<number>,
): Change {
  const losers = [...others].filter((key) => key !== receiver).sort((a, b) => a - b)
  return {
    kind,
    keys: [receiver, ...losers].map((key) => keys[key]!),
    at: lowestPoint(arrangement, region),
    areaM2: measures.areaM2,
  }
}

/** The neighbour with the longest border; null while no neighbour is settled. */
function receiverOf(
  { face }: Arrangement,
  keysOfFace: readonly (readonly number[])[],
  { region, measures }: Sliver,
): number | null {
  const lengths = new Map<number, number[]>()
  region.border.forEach((h, i) => {
    const [key, ...more] = keysOfFace[face[h ^ 1]!]!
    if (key === undefined || more.length > 0) return
    if (region.keys.length > 1 && !region.keys.includes(key)) return
    const known = lengths.get(key)
    if (known) known.push(measures.lengths[i]!)
    else lengths.set(key, [measures.lengths[i]!])
  })
  let longest: { key: number; length: number } | null = null
  for (const [key, own] of lengths) {
    const length = sumOf(own)
    if (!longest || length > longest.length || (length === longest.length && key < longest.key))
      longest = { key, length }
  }
  return longest?.key ?? null
}

function neighbours({ face, faceKeys }: Arrangement, region: Region): Set<number> {
  return new Set(region.border.flatMap((h) => faceKeys[face[h ^ 1]!]!))
}

function give(keysOfFace: (readonly number[])[], region: Region, keys: readonly number[]): void {
  for (const face of region.faces) keysOfFace[face] = keys
}

/** Highest first: of two that claim one face the lower key gets it, being served last. */
function keysWithoutFace(keysOfFace: readonly (readonly number[])[], slivers: readonly Sliver[]): number[] {
  const holding = new Set(keysOfFace.flat())
  const claiming = new Set(slivers.flatMap(({ region }) => region.keys))
  return [...claiming].filter((key) => !holding.has(key)).sort((a, b) => b - a)
}

function moveFragments(
  arrangement: Arrangement,
  keys: readonly string[],
  limits: SliverLimits,
  { keysOfFace, changes }: Settlement,
): void {
  const fragments = findFragments(arrangement, keysOfFace, limits)
  for (const { region } of fragments) give(keysOfFace, region, [])
  const receivers = giveAway(arrangement, keysOfFace, fragments, ({ region }) => region.keys[0]!)
  for (const [fragment, receiver] of receivers) {
    const [from] = fragment.region.keys
    if (receiver !== from)
      changes.push(changeOf(arrangement, keys, 'sliver-closed', fragment, receiver, fragment.region.keys))
  }
}

/** Pieces that are slivers, of grids that have others that are none. */
function findFragments(
  arrangement: Arrangement,
  keysOfFace: readonly (readonly number[])[],
  limits: SliverLimits,
): Sliver[] {
  const { face } = arrangement
  const pieces = new Map<number, Region[]>()
  for (const region of findRegions(arrangement, keysOfFace, (own) => keysOfFace[own]!.length === 1)) {
    const key = region.keys[0]!
    const known = pieces.get(key)
    if (known) known.push(region)
    else pieces.set(key, [region])
  }
  return [...pieces].flatMap(([key, regions]) => {
    if (regions.length < 2) return []
    const measured = regions.map((region) => ({ region, measures: measure(arrangement, region) }))
    const slivers = measured.filter(({ measures }) => isWithin(measures, limits))
    if (slivers.length === measured.length) return []
    // what a reported overlap joins to the rest is not cut off
    return slivers.filter(({ region }) => !region.border.some((h) => keysOfFace[face[h ^ 1]!]!.includes(key)))
  })
}

function lowestPoint({ vertices, origin }: Arrangement, region: Region): Position {
  let lowest = origin[region.border[0]!]!
  for (const h of region.border) {
    const v = origin[h]!
    if ((vertices.b(v) - vertices.b(lowest) || vertices.a(v) - vertices.a(lowest)) < 0) lowest = v
  }
  return [toDegrees(vertices.a(lowest)), toDegrees(vertices.b(lowest))]
}
