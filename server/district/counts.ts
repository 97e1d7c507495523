import type { Day } from '../../domain/local-day.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'
import type { TableVersions } from '../table-versions.ts'
import { type CountedTable, countRows } from './queries.ts'

const TOPICS: Record<CountedTable, string[]> = {
  areas: ['areas'],
  grids: ['grids'],
  buildings: ['buildings'],
  incidents: ['incident', 'incidents'],
}

/**
 * Rows a table holds inside a scope, of grids those in force on a day, counted again only after the table
 * changed: millions of buildings are not scanned for every screen that opens.
 */
export function rememberedCounts(versions: Pick<TableVersions, 'of'>) {
  const remembered = new Map<string, { version: string; count: number }>()

  async function count(db: Queryable, table: CountedTable, scope: CaseScope, day: Day): Promise<number> {
    const key = JSON.stringify([table, scope])
    // Read before the rows are: what is told while they are counted makes the count one of before
    const version = [day, ...TOPICS[table].map((topic) => versions.of(topic))].join()
    const known = remembered.get(key)
    if (known?.version === version) return known.count
    const fresh = await countRows(db, table, scope, day)
    remembered.set(key, { version, count: fresh })
    return fresh
  }

  return async (db: Queryable, scope: CaseScope, day: Day): Promise<Record<CountedTable, number>> => {
    const [areas, grids, buildings, incidents] = await Promise.all([
      count(db, 'areas', scope, day),
      count(db, 'grids', scope, day),
      count(db, 'buildings', scope, day),
      count(db, 'incidents', scope, day),
    ])
    return { areas, grids, buildings, incidents }
  }
}
