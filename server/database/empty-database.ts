import { countRows, type DataTable, listDataTables, quoted } from './all-tables.ts'
import type { Database, Queryable } from './database.ts'

export interface HeldTable {
  table: DataTable
  rows: number
}

/** The tables that hold rows, the fullest first. */
export async function listHeldTables(db: Queryable): Promise<HeldTable[]> {
  const held: HeldTable[] = []
  for (const table of await listDataTables(db)) held.push({ table, rows: await countRows(db, table) })
  return held.filter(({ rows }) => rows > 0).sort((one, other) => other.rows - one.rows)
}

/** Deletes every row of every table; the tables stay. All or nothing. */
export function emptyDatabase(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    const tables = await listDataTables(tx)
    await tx.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')} RESTART IDENTITY`)
  })
}
