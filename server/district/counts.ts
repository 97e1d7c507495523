import type { Scope } from '../../domain/scope.ts'
import type { Database } from '../database/database.ts'
import { type CountedTable, countRows, newestChanges } from './queries.ts'

const TOPICS: Record<CountedTable, string[]> = {
  areas: ['areas'],
  grids: ['grids'],
  buildings: ['buildings'],
  incidents: ['incident', 'incidents'],
}

/**
 * Rows a table holds inside a scope, counted again only after the table changed: millions of buildings are
 * not scanned for every screen that opens.
 */
export function rememberedCounts(db: Database) {
  const remembered = new Map<string, { version: string; count: number }>()

  async function count(table: CountedTable, scope: Scope, changes: Map<string, number>): Promise<number> {
    const key = JSON.stringify([table, scope])
    const version = TOPICS[table].map((topic) => changes.get(topic) ?? '-').join()
    const known = remembered.get(key)
    if (known?.version === version) return known.count
    const fresh = await countRows(db, table, scope)
    remembered.set(key, { version, count: fresh })
    return fresh
  }

  return async (scope: Scope): Promise<Record<CountedTable, number>> => {
    const changes = await newestChanges(db)
    const [areas, grids, buildings, incidents] = await Promise.all([
      count('areas', scope, changes),
      count('grids', scope, changes),
      count('buildings', scope, changes),
      count('incidents', scope, changes),
    ])
    return { areas, grids, buildings, incidents }
  }
}
