import type { Asker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import { StartError } from '../start-error.ts'
import { countRows, type DataTable, listDataTables, quoted } from './all-tables.ts'
import { loadInBulk } from './bulk-load.ts'
import { CopyWriter } from './copy-writer.ts'
import type { Database, Queryable, Transaction } from './database.ts'

const PAGE_ROWS = 5000

export interface MovedTable {
  name: string
  rows: number
  /** of the content of all rows, the same in whatever order they lie */
  checksum: string
}

/**
 * Carries every table from one database into another, empty one, in one transaction that commits only when row
 * counts and checksums of both agree: an interrupted move leaves nothing and can be repeated. Both have the same
 * migrations; nothing may write to `from` meanwhile.
 * @throws StartError when the other one is not empty, or does not hold the same in the end
 */
export async function moveDatabase(
  from: Database,
  to: Database,
  asker: Asker,
  onTable: (name: string, rows: number) => void = () => {},
): Promise<MovedTable[]> {
  const tables = await listDataTables(from)
  return to.transaction(async (tx) => {
    await requireEmpty(tx, tables)
    await setTriggers(tx, tables, 'DISABLE')
    await loadInBulk(
      tx,
      tables.map(({ name }) => name),
      async () => {
        for (const table of tables) await carry(from, tx, table, onTable)
      },
    )
    await setTriggers(tx, tables, 'ENABLE')
    const moved: MovedTable[] = []
    for (const table of tables) moved.push(await verify(from, tx, table))
    await tellScreens(tx)
    await recordAudit(tx, {
      ...asker,
      action: 'database.move',
      subject: 'database',
      outcome: 'done',
      after: moved,
    })
    return moved
  })
}

async function requireEmpty(tx: Transaction, tables: readonly DataTable[]): Promise<void> {
  for (const table of tables) {
    const rows = await countRows(tx, table)
    if (rows > 0) {
      throw new StartError(
        `The database moved to is not empty: its table ${table.name} holds ${rows} rows, nothing was written. ` +
          'Name an empty one, or empty it by npm run reset -- --with-audit with DATABASE_URL set to it.',
      )
    }
  }
}

async function carry(
  from: Database,
  tx: Transaction,
  table: DataTable,
  onTable: (name: string, rows: number) => void,
): Promise<void> {
  const columns = table.columns.map(quoted).join(', ')
  onTable(table.name, 0)
  await from.transaction(async (source) => {
    const texts = table.columns.map((column) => `${quoted(column)}::text`).join(', ')
    await source.query(
      `DECLARE moving NO SCROLL CURSOR FOR SELECT ARRAY[${texts}] AS texts FROM ${quoted(table.name)}`,
    )
    await tx.copyIn(`COPY ${quoted(table.name)} (${columns}) FROM STDIN`, pagesOf(source, table, onTable))
  })
  if (table.identity) {
    await tx.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${quoted(table.identity)}), 1)) FROM ${quoted(table.name)}`,
      [quoted(table.name), table.identity],
    )
  }
}

async function* pagesOf(
  source: Queryable,
  table: DataTable,
  onTable: (name: string, rows: number) => void,
): AsyncGenerator<Uint8Array> {
  const writer = new CopyWriter()
  for (let carried = 0; ; ) {
    const { rows } = await source.query<{ texts: (string | null)[] }>(`FETCH ${PAGE_ROWS} FROM moving`)
    if (rows.length === 0) return
    for (const { texts } of rows) writer.row(texts)
    yield writer.take()
    carried += rows.length
    onTable(table.name, carried)
  }
}

async function verify(from: Queryable, to: Queryable, table: DataTable): Promise<MovedTable> {
  const [before, after] = [await fingerprint(from, table), await fingerprint(to, table)]
  if (before.rows !== after.rows || before.checksum !== after.checksum) {
    throw new StartError(
      `The table ${table.name} did not arrive as it was (${before.rows} rows, checksum ${before.checksum}; there ` +
        `${after.rows}, ${after.checksum}): nothing was written. Stop whatever writes to either database, then try again.`,
    )
  }
  return { name: table.name, ...after }
}

/** The sum of the first 60 bits of each row's MD5. */
async function fingerprint(db: Queryable, table: DataTable): Promise<{ rows: number; checksum: string }> {
  const texts = table.columns.map((column) => `${quoted(column)}::text`).join(', ')
  const { rows } = await db.query<{ rows: number; checksum: string }>(
    `SELECT count(*) AS rows,
            coalesce(sum(('x' || left(md5(ARRAY[${texts}]::text), 15))::bit(60)::bigint), 0)::text AS checksum
       FROM ${quoted(table.name)}`,
  )
  return rows[0]!
}

async function setTriggers(tx: Transaction, tables: readonly DataTable[], how: 'ENABLE' | 'DISABLE') {
  for (const { name } of tables) await tx.query(`ALTER TABLE ${quoted(name)} ${how} TRIGGER USER`)
}

/** Servers that already run on the database read everything again. */
async function tellScreens(tx: Transaction): Promise<void> {
  await tx.query(
    `INSERT INTO changes (topic)
     SELECT unnest(ARRAY['areas', 'grids', 'buildings', 'categories', 'base_features', 'places', 'incidents'])`,
  )
}
