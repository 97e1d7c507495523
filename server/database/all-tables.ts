import type { Queryable } from './database.ts'

/** A table of ours that holds what people put in, with the columns that are written, none that is generated. */
export interface DataTable {
  name: string
  columns: string[]
  /** the column whose values the database counts up; null: none */
  identity: string | null
}

/** What the program keeps for itself: which migrations ran, and the outbox that nobody reads twice. */
const NOT_DATA = ['migrations', 'changes']

/** What was done, chained by hash: it is emptied with nothing else. */
export const AUDIT_TABLES: readonly string[] = ['audit', 'audit_heads']

/** All tables that hold data, in the order of their names. */
export async function listDataTables(db: Queryable): Promise<DataTable[]> {
  const { rows } = await db.query<DataTable>(
    `SELECT relname::text AS name,
            array_agg(attname::text ORDER BY attnum) AS columns,
            max(attname::text) FILTER (WHERE attidentity <> '') AS identity
       FROM pg_class
       JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence = 'p'
        AND relname <> ALL ($1::text[])
        AND NOT EXISTS (SELECT 1 FROM pg_depend
                         WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      GROUP BY relname
      ORDER BY relname`,
    [NOT_DATA],
  )
  return rows
}

export async function countRows(db: Queryable, { name }: DataTable): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(name)}`)
  return rows[0]!.n
}

/** A name from the catalog as it stands in a statement. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
