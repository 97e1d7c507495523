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
 * Rows that are not of import `id` and name one that it brought in; to be asked when its updated rows are as
 * they were before and its new ones are still there.
 */
export async function listDependents(tx: Transaction, id: number): Promise<Dependents[]> {
  const { rows } = await tx.query<Dependents>(
    `WITH brought AS MATERIALIZED (
       SELECT table_name, row_key FROM import_rows WHERE import_id = $1 AND before IS NULL
     ), new_areas AS (
       SELECT row_key ->> 'code' AS code FROM brought WHERE table_name = 'areas'
     ), new_grids AS (
       SELECT row_key ->> 'code' AS code FROM brought WHERE table_name = 'grids'
       EXCEPT
       SELECT code FROM grids WHERE NOT EXISTS (
         SELECT 1 FROM brought WHERE table_name = 'grids' AND row_key ->> 'code' = grids.code
                                 AND (row_key ->> 'valid_from')::date = grids.valid_from)
     ), new_categories AS (
       SELECT row_key ->> 'code' AS code FROM brought WHERE table_name = 'categories'
     ), new_departments AS (
       SELECT row_key ->> 'code' AS code FROM brought WHERE table_name = 'departments'
     ), new_indicators AS (
       SELECT row_key ->> 'code' AS code FROM brought WHERE table_name = 'indicators'
     ), new_incidents AS (
       SELECT (row_key ->> 'id')::bigint AS id FROM brought WHERE table_name = 'incidents'
     ), new_buildings AS (
       SELECT (row_key ->> 'id')::bigint AS id FROM brought WHERE table_name = 'buildings'
     ), found (what, "on", key) AS (
       SELECT 'areas', 'areas', code FROM areas
        WHERE parent_code IN (SELECT code FROM new_areas) AND code NOT IN (SELECT code FROM new_areas)
       UNION ALL
       SELECT 'grids', 'areas', code FROM grids
        WHERE area_code IN (SELECT code FROM new_areas) AND code NOT IN (SELECT code FROM new_grids)
       UNION ALL
       SELECT 'buildings', 'grids', external_id FROM buildings
        WHERE grid_code IN (SELECT code FROM new_grids)
          AND NOT EXISTS (SELECT 1 FROM new_buildings WHERE new_buildings.id = buildings.id)
       UNION ALL
       SELECT 'incidents', 'grids', number FROM incidents
        WHERE (grid_now IN (SELECT code FROM new_grids) OR grid_at_report IN (SELECT code FROM new_grids))
          AND NOT EXISTS (SELECT 1 FROM new_incidents WHERE new_incidents.id = incidents.id)
       UNION ALL
       SELECT 'indicator_values', 'grids', place_code FROM indicator_values
        WHERE place_code IN (SELECT code FROM new_grids)
       UNION ALL
       SELECT 'indicator_values', 'areas', place_code FROM indicator_values
        WHERE place_code IN (SELECT code FROM new_areas)
       UNION ALL
       SELECT 'incidents', 'categories', number FROM incidents
        WHERE category_code IN (SELECT code FROM new_categories)
          AND NOT EXISTS (SELECT 1 FROM new_incidents WHERE new_incidents.id = incidents.id)
       UNION ALL
       SELECT 'categories', 'categories', code FROM categories
        WHERE parent_code IN (SELECT code FROM new_categories) AND code NOT IN (SELECT code FROM new_categories)
       UNION ALL
       SELECT 'incidents', 'departments', number FROM incidents
        WHERE department_code IN (SELECT code FROM new_departments)
          AND NOT EXISTS (SELECT 1 FROM new_incidents WHERE new_incidents.id = incidents.id)
       UNION ALL
       SELECT 'indicator_values', 'indicators', indicator_code || ' ' || place_code FROM indicator_values stored
        WHERE indicator_code IN (SELECT code FROM new_indicators)
          AND NOT EXISTS (
            SELECT 1 FROM brought
             WHERE table_name = 'indicator_values' AND row_key ->> 'indicator_code' = stored.indicator_code
               AND row_key ->> 'place_code' = stored.place_code
               AND (row_key ->> 'period_from')::date = stored.period_from
               AND (row_key ->> 'period_to')::date = stored.period_to)
     )
     SELECT what, "on", count(*) AS rows, min(key) AS example FROM found GROUP BY what, "on" ORDER BY what, "on"`,
    [id],
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
