import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { findCoverageProblems } from '../../../domain/coverage/findings.ts'
import { communityOfGrid, gridCodeFault } from '../../../domain/grid-code.ts'
import { makeTown } from './make-town.ts'
import { distanceBetween, isInRing, sidesOfLine, sidesOfRing, TestMetres } from './test-metres.ts'
import { readTownRecipe, type TownRecipe } from './town-recipe.ts'
import type { Town } from './town-types.ts'

let recipe: TownRecipe

beforeAll(async () => {
  recipe = await readTownRecipe()
})

describe.each([
  { scale: 1, spread: 0.05 },
  // a small district has a few parts of each kind only
  { scale: 0.1, spread: 0.2 },
])('the demo district at scale $scale', ({ scale, spread }) => {
  let town: Town
  let metres: TestMetres

  beforeAll(() => {
    town = makeTown(recipe, scale)
    metres = new TestMetres(recipe.centre, town)
  })

  it('is the same to the byte every time', () => {
    const hash = (made: Town) => createHash('sha256').update(JSON.stringify(made)).digest('hex')
    expect(hash(makeTown(recipe, scale))).toBe(hash(town))
  }, 60_000)

  it('has as much of everything as the recipe says', () => {
    const { areas, grids, buildings } = town
    const streets = Math.max(1, Math.round(recipe.streets * scale))
    expect(countBy(areas, ({ level }) => level)).toEqual(
      new Map([
        ['district', 1],
        ['street', streets],
        ['community', streets * recipe.communitiesPerStreet],
      ]),
    )
    expect(grids).toHaveLength(Math.round(recipe.grids * scale))
    expect(Math.abs(buildings.length / (recipe.buildings * scale) - 1)).toBeLessThanOrEqual(spread)
    const households = buildings.reduce((sum, building) => sum + building.households, 0)
    expect(Math.abs(households / (recipe.households * scale) - 1)).toBeLessThanOrEqual(0.03)
  })

  it('counts in each grid what its buildings hold', () => {
    const byGrid = new Map(town.grids.map(({ code }) => [code, { households: 0, residents: 0 }]))
    for (const { gridCode, households, residents } of town.buildings) {
      byGrid.get(gridCode)!.households += households
      byGrid.get(gridCode)!.residents += residents
    }
    for (const { code, households, residents, staffCount } of town.grids) {
      expect({ households, residents }).toEqual(byGrid.get(code))
      expect(staffCount).toBeGreaterThanOrEqual(1)
      expect(staffCount).toBeLessThanOrEqual(3)
    }
  })

  it('numbers areas and grids by the scheme of fifteen digits', () => {
    const areas = new Map(town.areas.map((area) => [area.code, area]))
    expect(areas.size).toBe(town.areas.length)
    for (const { code, level, parentCode } of town.areas) {
      expect(code).toHaveLength({ district: 6, street: 9, community: 12 }[level])
      expect(parentCode).toBe(level === 'district' ? null : code.slice(0, -3))
    }
    for (const { code, areaCode } of town.grids) {
      expect(gridCodeFault(code, 'cn15')).toBeNull()
      expect(communityOfGrid(code, 'cn15')).toBe(areaCode)
      expect(areas.get(areaCode)?.level).toBe('community')
    }
    expect(new Set(town.grids.map(({ code }) => code)).size).toBe(town.grids.length)
    expect(new Set(town.buildings.map(({ externalId }) => externalId)).size).toBe(town.buildings.length)
  })

  it('has grids without gaps and overlaps, on the lattice, that share every edge', () => {
    const positions = town.grids.flatMap(({ geometry }) => geometry.flat(2))
    const off = positions.filter((position) =>
      position.some((degrees) => Math.round(degrees * 1e7) / 1e7 !== degrees),
    )
    expect(off).toEqual([])
    expect(findCoverageProblems(town.grids.map(({ code, geometry }) => ({ key: code, geometry })))).toEqual(
      [],
    )
    // what no neighbour walks the other way must be the rim: one closed line
    const owners = ownersOfEdges(town)
    const isRim = (edge: string) => !owners.has(edge.split(' ').reverse().join(' '))
    const rim = new Map([...owners.keys()].filter(isRim).map((edge) => edge.split(' ') as [string, string]))
    const [start] = rim.keys()
    let steps = 1
    for (let at = rim.get(start!); at !== start && steps < 2 * rim.size; at = rim.get(at!)) steps++
    expect(steps).toBe(rim.size)
  })

  it.each([9, 12])('has every area of %i digits in one piece', (digits) => {
    const owners = ownersOfEdges(town)
    const group = new Map(town.grids.map(({ code }) => [code, code]))
    const find = (code: string): string => (group.get(code) === code ? code : find(group.get(code)!))
    for (const [edge, code] of owners) {
      const beyond = owners.get(edge.split(' ').reverse().join(' '))
      if (beyond?.slice(0, digits) === code.slice(0, digits)) group.set(find(beyond), find(code))
    }
    const pieces = new Set(town.grids.map(({ code }) => find(code)))
    expect(pieces.size).toBe(new Set(town.grids.map(({ code }) => code.slice(0, digits))).size)
  })

  it('has every building inside its grid and off its border', () => {
    const rings = new Map(town.grids.map(({ code, geometry }) => [code, metres.ring(geometry[0]![0]!)]))
    const cut = town.buildings.filter(({ gridCode }, i) => {
      const ring = rings.get(gridCode)!
      const building = metres.buildings[i]!
      return !isInRing(building[0]!, ring) || distanceBetween(sidesOfRing(ring), sidesOfRing(building)) < 2
    })
    expect(cut).toEqual([])
  })

  it('has no two buildings over each other', () => {
    const clashes = town.buildings.filter((_, i) => metres.over(metres.buildings[i]!).some((k) => k !== i))
    expect(clashes).toEqual([])
  })

  it('has no building on a road, on the railway or in water', () => {
    const { primary, secondary, tertiary, lane, rail } = recipe.arcs
    const halfWidthsM: Record<string, number> = {
      primary: primary.halfWidthM,
      secondary: secondary.halfWidthM,
      tertiary: tertiary.halfWidthM,
      minor: lane.halfWidthM,
      rail: rail.halfWidthM,
      service: 1,
      path: 1,
    }
    const hits: string[] = []
    for (const { layer, class: kind, geometry } of town.baseFeatures) {
      if (layer === 'transportation' && geometry.type === 'LineString') {
        const halfWidthM = halfWidthsM[kind]!
        const isHit = sidesOfLine(metres.line(geometry.coordinates)).some((side) =>
          metres
            .near(side, halfWidthM)
            .some((k) => distanceBetween([side], sidesOfRing(metres.buildings[k]!)) < halfWidthM),
        )
        if (isHit) hits.push(`${kind} ${geometry.coordinates[0]}`)
      }
      if (layer === 'water' && geometry.type === 'Polygon') {
        const ring = metres.ring(geometry.coordinates[0]!)
        if (metres.over(ring).length > 0) hits.push(`${kind} ${ring[0]}`)
      }
    }
    expect(hits).toEqual([])
  })

  it('gives every area, grid and road a name of its own in both languages', () => {
    const roads = town.baseFeatures.filter(({ layer, name }) => layer === 'transportation' && name)
    const streets = new Map(roads.map((road) => [`${road.name} ${road.nameEn}`, road]))
    const listed = [town.areas, town.grids, [...streets.values()]]
    for (const list of listed) {
      expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
      expect(new Set(list.map(({ nameEn }) => nameEn)).size).toBe(list.length)
    }
    for (const { name, nameEn } of listed.flat()) {
      expect(name).toMatch(/^\p{Script=Han}+$/u)
      expect(nameEn).toMatch(/^[A-Z][A-Za-zü' 0-9]+$/)
    }
    const named = town.buildings.flatMap(({ name }) => name ?? [])
    expect(new Set(named).size).toBe(named.length)
    for (const { address } of town.buildings) expect(address).toMatch(/^\p{Script=Han}+\d+[号幢](\d+幢)?$/u)
  })
})

/** The grid on the left of each edge "from to". */
function ownersOfEdges({ grids }: Town): Map<string, string> {
  const owners = new Map<string, string>()
  for (const { code, geometry } of grids) {
    for (const ring of geometry.flat()) {
      for (let i = 1; i < ring.length; i++) owners.set(`${ring[i - 1]} ${ring[i]}`, code)
    }
  }
  return owners
}

function countBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
