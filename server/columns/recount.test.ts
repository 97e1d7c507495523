import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { countByCategory, countByStatus, total } from '../../domain/columns/count.ts'
import { histogram } from '../../domain/columns/histogram.ts'
import { countOfGrids } from '../../domain/density/density-rows.ts'
import { STATUSES } from '../../domain/incident.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database } from '../database/database.ts'
import { MATCHING_INCIDENTS, matchingIncidents } from '../database/matching-incidents.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import type { ColumnStore } from './column-store.ts'
import {
  anyCase,
  anyCaseFilter,
  BASE,
  DEPARTMENTS,
  freshStore,
  insertCases,
  insertDistrict,
} from './test-district.ts'

const anyScope: fc.Arbitrary<CaseScope> = fc.record({
  areas: fc.constantFrom([''], ['110101001'], ['110101001001', '110101002'], ['9']),
  departmentCode: fc.constantFrom(null, null, ...DEPARTMENTS),
})

async function recount(db: Database, scope: CaseScope, filter: IncidentFilter, by: string) {
  const { rows } = await db.query<{ key: string; count: number }>(
    `SELECT ${by} AS key, count(*) AS count FROM ${MATCHING_INCIDENTS} GROUP BY 1`,
    matchingIncidents(scope, filter),
  )
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]))
}

/** Without the zeros, which SQL has no groups for. */
function counted(keys: readonly string[], counts: Iterable<number>): Record<string, number> {
  const all = [...counts].map((count, number): [string, number] => [keys[number]!, count])
  return Object.fromEntries(all.filter(([, count]) => count > 0))
}

describeOnEachDatabase('the columns', (db) => {
  let store: ColumnStore

  beforeAll(async () => {
    await insertDistrict(db())
    for (const cases of fc.sample(fc.array(anyCase, { minLength: 300, maxLength: 300 }), 3)) {
      await insertCases(db(), cases)
    }
    store = await freshStore(db())
    return () => store.close()
  })

  it('count what SQL counts, to the row, for any filter and scope', async () => {
    const dayOf = `floor(date_part('epoch', reported_at) / 86400)::bigint::text`
    const firstDay = Date.parse(BASE) / 86_400_000
    const days = [0, 1, 2, 3].map((day) => firstDay + day)
    await fc.assert(
      fc.asyncProperty(anyCaseFilter, anyScope, async (filter, scope) => {
        const selection = store.select(filter, scope)
        const { categories } = store.columns.dictionaries
        const byGrid = countOfGrids(selection)
        expect(counted([...byGrid.keys()], byGrid.values())).toEqual(
          await recount(db(), scope, filter, `coalesce(grid_now, '')`),
        )
        expect(counted(categories, countByCategory(selection))).toEqual(
          await recount(db(), scope, filter, 'category_code'),
        )
        expect(counted(STATUSES, countByStatus(selection))).toEqual(
          await recount(db(), scope, filter, 'status'),
        )
        const edges = [...days, firstDay + 4].map((day) => day * 86_400)
        expect(counted(days.map(String), histogram(selection, edges))).toEqual(
          await recount(db(), scope, filter, dayOf),
        )
        const { all = 0 } = await recount(db(), scope, filter, `'all'`)
        expect(total(selection)).toBe(all)
      }),
      { numRuns: 80 },
    )
  })
})
