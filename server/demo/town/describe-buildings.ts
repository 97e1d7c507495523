import type { Mesh } from './mesh.ts'
import type { TownNames } from './name-town.ts'
import type { Plot } from './plan.ts'
import { type Chain, milestonesOf } from './road-chains.ts'
import type { Lot } from './site.ts'
import type { ArcKind } from './town-recipe.ts'
import type { Trace } from './trace.ts'

/** Metres of street for a house number on either side. */
const NUMBER_M = 8
const STREETS: ReadonlySet<ArcKind> = new Set(['primary', 'secondary', 'tertiary', 'lane'])

type Describe = (plot: Plot, lot: Lot) => { name: string | null; address: string }

/**
 * Names and addresses of buildings: by the street they front, else by their number in the estate, whose gate lies
 * in its longest street. To be asked once for each building, in their order.
 */
export function describer(
  mesh: Mesh,
  trace: Trace,
  chains: readonly Chain[],
  { roads, estates }: TownNames,
): Describe {
  const milestones = milestonesOf(chains, trace.arcs)
  const blocksOf = new Map<number, number>()
  const given = new Set<string>()
  /** of estates: road and number of the gate */
  const gates = new Map<number, string | null>()

  function streetAddress(face: number, edge: number, alongM: number): string | null {
    const { road, kind } = trace.arcs[edge]!
    const name = roads.get(road)
    if (!name || !STREETS.has(kind)) return null
    const isForward = milestones.isForward[edge] === 1
    const at = milestones.startM[edge]! + (isForward ? alongM : milestones.lengthM[edge]! - alongM)
    const isLeft = (mesh.face[2 * edge] === face) === isForward
    return `${name[0]}${2 * Math.floor(at / NUMBER_M) + (isLeft ? 1 : 2)}号`
  }

  function gateOf({ face, estate }: Plot): string | null {
    const known = gates.get(estate)
    if (known !== undefined) return known
    const streets = mesh
      .halfEdgesOf(face)
      .map((h) => h >> 1)
      .filter((edge) => streetAddress(face, edge, 0))
      .sort((a, b) => milestones.lengthM[b]! - milestones.lengthM[a]!)
    const gate = streets.length
      ? streetAddress(face, streets[0]!, milestones.lengthM[streets[0]!]! / 2)
      : null
    gates.set(estate, gate)
    return gate
  }

  function takeName(name: string): string | null {
    if (given.has(name)) return null
    given.add(name)
    return name
  }

  return (plot, lot) => {
    const [estate] = estates.get(plot.estate)!
    const street = lot.door && streetAddress(plot.face, lot.door.edge, lot.door.alongM)
    if (street) return { name: null, address: street }
    const number = (blocksOf.get(plot.estate) ?? 0) + 1
    blocksOf.set(plot.estate, number)
    if (lot.use === 'house') {
      return { name: null, address: `${estate}${number}号` }
    }
    const address = `${gateOf(plot) ?? estate}${number}幢`
    // a second market or kindergarten of an estate goes without a name
    if (lot.name) return { name: takeName(estate + lot.name), address }
    return { name: lot.use === 'homes' ? `${estate}${number}幢` : null, address }
  }
}
