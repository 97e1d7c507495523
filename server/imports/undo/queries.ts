import type { Queryable, Transaction } from '../../database/database.ts'

/** From here on this transaction notes every row it inserts or updates in a table that can be undone. */
export async function startKeeping(tx: Transaction): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE import_touched (
       n bigint GENERATED ALWAYS AS IDENTITY, table_name text NOT NULL, row_key jsonb NOT NULL, before jsonb
     ) ON COMMIT DROP`,
  )
}

/** Keeps what was noted as the rows of import `id`. */
export async function keepRows(tx: Transaction, id: number): Promise<void> {
  await tx.query(`SELECT keep_import_rows($1)`, [id])
  // An undo that takes a hundred thousand rows for a handful compares each with each
  await tx.query(`ANALYZE import_rows`)
}

/** For work that takes as long as it takes; until the transaction ends. */
export async function allowLongStatements(tx: Transaction): Promise<void> {
  await tx.query(`SET LOCAL statement_timeout = 0`)
}

/** The tables of which import `id` touched rows. */
export async function listTouchedTables(tx: Transaction, id: number): Promise<Set<string>> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM import_rows WHERE import_id = $1`,
    [id],
  )
  return new Set(rows.map(({ name }) => name))
}

export interface ChangedRows {
  rows: number
  /** the key of one of them, readable */
  example: string
  /** the newest later import that touched one of them, and of how many it did */
  later: { id: number; file: string; rows: number } | null
}

/** The rows of `table` that are no longer as import `id` left them; null: none. */
export async function findChangedRows(
  tx: Transaction,
  id: number,
  table: string,
): Promise<ChangedRows | null> {
  const { rows } = await tx.query<{
    rows: number
    example: string
    laterId: number | null
    laterFile: string
    laterRows: number
  }>(
    `WITH changed AS MATERIALIZED (
       SELECT row_key FROM changed_import_rows($1, $2) AS row_key
     ), later AS (
       SELECT imports.id, imports.file_name, count(*) AS rows
         FROM changed
         JOIN import_rows USING (row_key)
         JOIN imports ON imports.id = import_id
        WHERE table_name = $2 AND import_id > $1 AND state = 'done'
        GROUP BY imports.id
        ORDER BY imports.id DESC
        LIMIT 1
     )
     SELECT (SELECT count(*) FROM changed) AS rows,
            (SELECT string_agg(value, ' ' ORDER BY ordinality)
               FROM (SELECT row_key FROM changed ORDER BY row_key LIMIT 1) one,
                    jsonb_each_text(row_key) WITH ORDINALITY) AS example,
            later.id AS "laterId", later.file_name AS "laterFile", later.rows AS "laterRows"
       FROM (SELECT 1) AS always LEFT JOIN later ON true`,
    [id, table],
  )
  const { rows: changed, example, laterId, laterFile, laterRows } = rows[0]!
  if (changed === 0) return null
  return {
    rows: changed,
    example,
    later: laterId === null ? null : { id: laterId, file: laterFile, rows: laterRows },
  }
}

export interface Count {
  rows: number
  example: string
}

/** Cases of import `id` that people moved on since it ended. */
export async function countWorkedOn(tx: Transaction, id: number): Promise<Count> {
  const { rows } = await tx.query<Count>(
    `WITH touched AS (
       SELECT (row_key ->> 'id')::bigint AS id, before IS NULL AS is_new
         FROM import_rows WHERE import_id = $1 AND table_name = 'incidents'
     ), worked_on AS (
       SELECT DISTINCT incidents.id, number
         FROM touched
         JOIN transitions ON incident_id = touched.id
         JOIN incidents ON incidents.id = touched.id
        WHERE actor <> 'import'
          AND (is_new OR transitions.at > (SELECT finished_at FROM imports WHERE id = $1))
     )
     SELECT count(*) AS rows, coalesce(min(number), '') AS example FROM worked_on`,
    [id],
  )
  return rows[0]!
}

/** A grid that was changed after import `id`, by whomever; null: none was. */
export async function findNewerGrid(tx: Transaction, id: number): Promise<string | null> {
  const { rows } = await tx.query<{ code: string }>(
    `SELECT code FROM grids
      WHERE updated_at > (SELECT finished_at FROM imports WHERE id = $1)
      ORDER BY updated_at DESC, code
      LIMIT 1`,
    [id],
  )
  return rows[0]?.code ?? null
}

export async function deleteRows(tx: Transaction, id: number, table: string): Promise<void> {
  await tx.query(`SELECT delete_import_rows($1, $2)`, [id, table])
}

export async function restoreRows(tx: Transaction, id: number, table: string): Promise<void> {
  await tx.query(`SELECT restore_import_rows($1, $2)`, [id, table])
}

/** What stands on rows that an import brought in. */
export interface Dependents extends Count {
  what: string
  on: string
}

/**
 * Makes the tables `brought_codes` and `brought_ids` of this transaction: the rows that import `id` brought in, by
 * table and key. Of a grid of which another version stays, nothing that stands on it loses its ground.
 */
export async function noteBroughtIn(tx: Transaction, id: number): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE brought_codes ON COMMIT DROP AS
     SELECT DISTINCT table_name, row_key ->> 'code' AS code
       FROM import_rows brought
      WHERE import_id = $1 AND before IS NULL AND row_key ? 'code'
        AND (table_name <> 'grids' OR NOT EXISTS (SELECT 1 FROM grids WHERE code = row_key ->> 'code'))`,
    [id],
  )
  await tx.query(
    `CREATE TEMP TABLE brought_ids ON COMMIT DROP AS
     SELECT table_name, (row_key ->> 'id')::bigint AS id
       FROM import_rows
      WHERE import_id = $1 AND before IS NULL AND row_key ? 'id'`,
    [id],
  )
  await tx.query(`CREATE UNIQUE INDEX ON brought_codes (table_name, code)`)
  await tx.query(`CREATE UNIQUE INDEX ON brought_ids (table_name, id)`)
  await tx.query(`ANALYZE brought_codes`)
  await tx.query(`ANALYZE brought_ids`)
}

/**
 * Rows that are not of the import noted by `noteBroughtIn` and name one that it brought in; to be asked when its
 * updated rows are as they were before and its grids and values of indicators are gone.
 */
export async function listDependents(tx: Transaction): Promise<Dependents[]> {
  const { rows } = await tx.query<Dependents>(
    `WITH found (what, "on", key) AS (
       SELECT 'areas', 'areas', area.code FROM areas area
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'areas' AND b.code = area.parent_code)
          AND NOT EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'areas' AND b.code = area.code)
       UNION ALL
       SELECT 'grids', 'areas', grid.code FROM grids grid
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'areas' AND b.code = grid.area_code)
       UNION ALL
       SELECT 'buildings', 'grids', external_id FROM buildings building
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'grids' AND b.code = building.grid_code)
       UNION ALL
       SELECT 'incidents', 'grids', number FROM incidents incident
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'grids' AND b.code = incident.grid_now)
           OR EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'grids' AND b.code = incident.grid_at_report)
       UNION ALL
       SELECT 'indicator_values', b.table_name, place_code
         FROM indicator_values JOIN brought_codes b ON b.code = place_code
        WHERE b.table_name IN ('areas', 'grids')
       UNION ALL
       SELECT 'indicator_values', 'indicators', indicator_code || ' ' || place_code
         FROM indicator_values JOIN brought_codes b ON b.table_name = 'indicators' AND b.code = indicator_code
       UNION ALL
       SELECT 'incidents', 'categories', number FROM incidents incident
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'categories' AND b.code = incident.category_code)
          AND NOT EXISTS (SELECT 1 FROM brought_ids b WHERE b.table_name = 'incidents' AND b.id = incident.id)
       UNION ALL
       SELECT 'categories', 'categories', category.code FROM categories category
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'categories' AND b.code = category.parent_code)
          AND NOT EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'categories' AND b.code = category.code)
       UNION ALL
       SELECT 'incidents', 'departments', number FROM incidents incident
        WHERE EXISTS (SELECT 1 FROM brought_codes b WHERE b.table_name = 'departments' AND b.code = incident.department_code)
          AND NOT EXISTS (SELECT 1 FROM brought_ids b WHERE b.table_name = 'incidents' AND b.id = incident.id)
     )
     SELECT what, "on", count(*) AS rows, min(key) AS example FROM found GROUP BY what, "on" ORDER BY what, "on"`,
  )
  return rows
}

/** Makes the table `moved_borders` of this transaction: the shapes of grids before and after import `id`. */
export async function noteUndoneBorders(tx: Transaction, id: number): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE moved_borders ON COMMIT DROP AS
     SELECT grids.geom
       FROM import_rows
       JOIN grids ON code = row_key ->> 'code' AND valid_from = (row_key ->> 'valid_from')::date
      WHERE import_id = $1 AND table_name = 'grids'
      UNION ALL
     SELECT (before ->> 'geom')::geometry(MultiPolygon, 4326)
       FROM import_rows
      WHERE import_id = $1 AND table_name = 'grids' AND before ? 'geom'`,
    [id],
  )
  await tx.query(`CREATE INDEX ON moved_borders USING gist (geom)`)
}

/** Records that import `id` was taken back; false: it is not one that can be. */
export async function recordUndone(tx: Transaction, id: number, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE imports SET state = 'undone', undone_at = now(), undone_by = $2 WHERE id = $1 AND state = 'done'`,
    [id, by],
  )
  return rowCount > 0
}

export async function dropRows(db: Queryable, id: number): Promise<void> {
  await db.query(`DELETE FROM import_rows WHERE import_id = $1`, [id])
}

/** What imports replaced longer than `days` ago: those can no longer be undone. */
export async function purgeRows(db: Queryable, days: number): Promise<void> {
  await db.query(
    `DELETE FROM import_rows
      WHERE import_id IN (SELECT id FROM imports WHERE finished_at < now() - $1::int * interval '1 day')`,
    [days],
  )
}
