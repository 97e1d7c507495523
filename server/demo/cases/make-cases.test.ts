import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTown } from '../town/make-town.ts'
import { readTownRecipe } from '../town/town-recipe.ts'
import type { Town } from '../town/town-types.ts'
import { type CaseRecipe, readCaseRecipe } from './case-recipe.ts'
import { casesUpTo, type DemoCase, makeYear } from './make-cases.ts'

/** A Wednesday afternoon and a Sunday night half a year later, on the district's clock. */
const WEDNESDAY_S = Date.UTC(2026, 4, 13, 15, 20) / 1000
const SUNDAY_S = Date.UTC(2026, 10, 22, 3, 5, 7) / 1000

let recipe: CaseRecipe
let town: Town
let cases: DemoCase[]

beforeAll(async () => {
  recipe = await readCaseRecipe()
  town = makeTown(await readTownRecipe(), 0.1)
  cases = [...casesUpTo(recipe, makeYear(recipe, town), WEDNESDAY_S)]
}, 60_000)

describe('the cases of the demo district', () => {
  it('are the same every time, and at another time the same but for the clock', () => {
    const again = [...casesUpTo(recipe, makeYear(recipe, town), WEDNESDAY_S)]
    expect(hashOf(again)).toBe(hashOf(cases))
    const later = [...casesUpTo(recipe, makeYear(recipe, town), SUNDAY_S)]
    const timeless = (list: DemoCase[]) =>
      list.map(({ id, kind, level, intake, place }) => ({ id, kind: kind.code, level, intake, place }))
    const byId = (list: ReturnType<typeof timeless>) => list.sort((one, other) => one.id - other.id)
    expect(hashOf(byId(timeless(later)))).toBe(hashOf(byId(timeless(cases))))
  })

  it.each([
    ['a Wednesday', WEDNESDAY_S],
    ['a Sunday night', SUNDAY_S],
  ])('fill a year up to %s, the last one at that moment, the oldest first', (_, nowS) => {
    const times = [...casesUpTo(recipe, makeYear(recipe, town), nowS)].map(({ reportedAtS }) => reportedAtS)
    expect(times.at(-1)).toBe(nowS)
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect((nowS - times[0]!) / 86_400).toBeCloseTo(364, 0)
  })

  it('come by day rather than by night, and on working days where offices have to do with them', () => {
    const installations = cases.filter(({ kind }) => kind.hours === 'day')
    const hourOf = ({ reportedAtS }: DemoCase) => Math.floor((reportedAtS % 86_400) / 3600)
    const share = (list: DemoCase[], test: (one: DemoCase) => boolean) =>
      list.filter(test).length / list.length
    expect(share(installations, (one) => hourOf(one) >= 8 && hourOf(one) < 18)).toBeGreaterThan(0.75)
    const weekend = ({ reportedAtS }: DemoCase) => [0, 6].includes(new Date(reportedAtS * 1000).getUTCDay())
    expect(share(installations, weekend)).toBeLessThan(0.23)
    const summer = ({ reportedAtS }: DemoCase) =>
      [5, 6, 7].includes(new Date(reportedAtS * 1000).getUTCMonth())
    const barbecues = cases.filter(({ kind }) => kind.season === 'summer')
    expect(share(barbecues, summer)).toBeGreaterThan(0.33)
  })

  it('go through the loop step by step, and about three of a hundred are late', () => {
    let late = 0
    for (const { steps } of cases) {
      expect(steps[0]).toMatchObject({ from: null, to: 'reported', afterS: 0 })
      for (let i = 1; i < steps.length; i++) {
        expect(steps[i]!.from).toBe(steps[i - 1]!.to)
        expect(steps[i]!.afterS).toBeGreaterThan(steps[i - 1]!.afterS)
      }
      const due = steps.findLast(({ dueAfterS }) => dueAfterS !== null)
      if (due && steps.at(-1)!.afterS > due.dueAfterS!) late++
    }
    expect(late / cases.length).toBeGreaterThan(0.02)
    expect(late / cases.length).toBeLessThan(0.04)
  })

  it('use every category of the table, each with both names', () => {
    expect(new Set(cases.map(({ kind }) => kind.code)).size).toBe(recipe.kinds.length)
    for (const { name, nameEn } of recipe.categories) {
      expect(name).toMatch(/\p{Script=Han}/u)
      expect(nameEn).toMatch(/^[A-Z][\x20-\x7e]+$/)
    }
  })
})

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
