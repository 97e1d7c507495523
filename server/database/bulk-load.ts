import type { Transaction } from './database.ts'

/**
 * Runs `work` while the tables have no indexes besides their keys and no foreign keys of their own, and makes
 * both again at its end, foreign keys checked: much faster than keeping them up row by row. Nobody else sees the
 * tables meanwhile. For tables that hold little before.
 */
export async function loadInBulk<T>(
  tx: Transaction,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const parts = await listParts(tx, tables)
  for (const { drop } of parts) await tx.query(drop)
  const result = await work()
  for (const { make } of parts) await tx.query(make)
  return result
}

/** Foreign keys and indexes, with the statements that drop them and make them again, as the database words them. */
async function listParts(tx: Transaction, tables: readonly string[]) {
  const { rows } = await tx.query<{ drop: string; make: string }>(
    `WITH loaded AS (
       SELECT oid FROM unnest($1::text[]) AS name, LATERAL (SELECT name::regclass::oid AS oid) AS relation
     )
     SELECT format('DROP INDEX %s', index.indexrelid::regclass) AS drop,
            pg_get_indexdef(index.indexrelid) AS make, 1 AS turn
       FROM loaded JOIN pg_index index ON index.indrelid = loaded.oid
      WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = index.indexrelid)
      UNION ALL
     SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(constr.oid)),
            2
       FROM loaded JOIN pg_constraint constr ON conrelid = loaded.oid
      WHERE contype = 'f'
      ORDER BY turn, make`,
    [tables],
  )
  return rows
}
