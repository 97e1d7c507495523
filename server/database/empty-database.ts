import type { Asker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import { AUDIT_TABLES, countRows, type DataTable, listDataTables, quoted } from './all-tables.ts'
import type { Database, Queryable, Transaction } from './database.ts'

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

/** Deletes every row of every table but the audit, which tells of it. All or nothing. */
export function emptyDatabase(db: Database, asker: Asker): Promise<void> {
  return db.transaction(async (tx) => {
    await truncate(
      tx,
      (await listDataTables(tx)).filter(({ name }) => !AUDIT_TABLES.includes(name)),
    )
    await recordAudit(tx, { ...asker, action: 'database.reset', subject: 'database', outcome: 'done' })
  })
}

/** Deletes every row of every table. All or nothing. */
export function emptyDatabaseAndAudit(db: Database): Promise<void> {
  return db.transaction(async (tx) => truncate(tx, await listDataTables(tx)))
}

async function truncate(tx: Transaction, tables: readonly DataTable[]): Promise<void> {
  await tx.query(`TRUNCATE ${tables.map(({ name }) => quoted(name)).join(', ')} RESTART IDENTITY`)
}
