import type { Bbox } from '../../domain/geometry.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'
import type { Day } from '../../domain/local-day.ts'
import type { Queryable, Transaction } from '../database/database.ts'

/** Holds until the transaction ends; false: somebody else holds it. Only where there are several sessions. */
export async function tryImportLock(tx: Transaction): Promise<boolean> {
  // The session only holds the lock and is idle for as long as the import takes
  await tx.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
  const { rows } = await tx.query<{ mine: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtext('grid-management import')) AS mine`,
  )
  return rows[0]!.mine
}

/**
 * A table that holds the checked rows of an import until all are there: not logged, gone with the import.
 * `columns` are those beside the row's number, its key, and the reason why it was rejected after all.
 */
export async function createStaging(db: Queryable, columns: string): Promise<void> {
  await db.query(
    `CREATE UNLOGGED TABLE import_staging (
       row_number integer NOT NULL,
       key        text COLLATE "C" NOT NULL,
       rejected   text,
       ${columns}
     )`,
  )
}

/** `chunks`: rows of these columns in the text format of COPY. */
export async function copyStaged(
  tx: Transaction,
  columns: readonly string[],
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  await tx.copyIn(`COPY import_staging (${columns.join(', ')}) FROM STDIN`, chunks)
}

export async function dropStaging(db: Queryable): Promise<void> {
  await db.query(`DROP TABLE IF EXISTS import_staging`)
}

/**
 * Statistics without those of shapes: with them PostGIS 3.6 refuses ("invalid join selectivity") to plan a join
 * of two tables whose shapes lie apart, as those of two cities do.
 */
export async function analyzeStaging(db: Queryable): Promise<void> {
  await db.query(`ANALYZE import_staging (row_number, key, rejected)`)
}

/** Of rows with one key the first stays. */
export async function rejectDuplicates(db: Queryable): Promise<void> {
  await db.query(
    `WITH doubled AS (
       SELECT key, min(row_number) AS first FROM import_staging GROUP BY key HAVING count(*) > 1
     )
     UPDATE import_staging SET rejected = 'duplicate-key'
       FROM doubled
      WHERE import_staging.key = doubled.key AND row_number > first AND rejected IS NULL`,
  )
}

/**
 * Mends the shapes that may be invalid: of those that are, the ones whose area stays within 1 % of what was
 * drawn are replaced by the valid shape, snapped to 1e-7 degree; the others are rejected. Answers how many
 * were mended. The table must have the columns `geom` and `suspect`.
 */
export async function mendShapes(db: Queryable): Promise<number> {
  await db.query(
    `WITH invalid AS (
       SELECT row_number, ST_Area(geom) AS drawn_area,
              ST_CollectionExtract(ST_ReducePrecision(ST_MakeValid(geom), 1e-7), 3) AS mended
         FROM import_staging
        WHERE suspect AND rejected IS NULL AND NOT ST_IsValid(geom)
     )
     UPDATE import_staging
        SET geom = CASE WHEN ST_IsEmpty(mended) THEN geom ELSE ST_Multi(mended) END,
            suspect = NULL,
            rejected = CASE WHEN ST_IsEmpty(mended) OR NOT ST_IsValid(mended)
                              OR abs(ST_Area(mended) - drawn_area) > 0.01 * ST_Area(mended)
                            THEN 'geometry-invalid' END
       FROM invalid
      WHERE import_staging.row_number = invalid.row_number`,
  )
  const { rows } = await db.query<{ mended: number }>(
    `SELECT count(*) AS mended FROM import_staging WHERE suspect IS NULL AND rejected IS NULL`,
  )
  return rows[0]!.mended
}

export interface StagedReject {
  row: number
  key: string
  reason: RejectReason
}

/** Rejected rows behind row `after`, in their order. */
export async function listStagedRejects(
  db: Queryable,
  after: number,
  limit: number,
): Promise<StagedReject[]> {
  const { rows } = await db.query<StagedReject>(
    `SELECT row_number AS row, key, rejected AS reason
       FROM import_staging
      WHERE rejected IS NOT NULL AND row_number > $1
      ORDER BY row_number
      LIMIT $2`,
    [after, limit],
  )
  return rows
}

/** Where the district is known to lie: its grids in force on `today`, else its areas; null before there are any. */
export async function knownExtent(db: Queryable, today: Day): Promise<Bbox | null> {
  const { rows } = await db.query<{ west: number | null; south: number; east: number; north: number }>(
    `WITH extent AS (
       SELECT coalesce((SELECT ST_Extent(geom) FROM grids
                         WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to > $1::date)),
                       (SELECT ST_Extent(geom) FROM areas)) AS box
     )
     SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north FROM extent`,
    [today],
  )
  const { west, south, east, north } = rows[0]!
  return west === null ? null : [west, south, east, north]
}

const NO_PARENT: Record<'areas' | 'categories', RejectReason> = {
  areas: 'area-unknown',
  categories: 'category-unknown',
}

/**
 * Rejects staged rows from which no chain of parents, staged or known, leads to the top: their parent is
 * nowhere, was rejected itself, or stands below them.
 */
export async function rejectWithoutRoot(
  db: Queryable,
  table: 'areas' | 'categories',
  filled: readonly string[],
): Promise<void> {
  await db.query(
    `WITH RECURSIVE wanted AS (
       SELECT staged.key AS code,
              CASE WHEN known.code IS NULL OR 'parent' = ANY ($1::text[])
                   THEN staged.parent_code ELSE known.parent_code END AS parent_code
         FROM import_staging staged LEFT JOIN ${table} known ON known.code = staged.key
        WHERE rejected IS NULL
        UNION ALL
       SELECT code, parent_code
         FROM ${table} known
        WHERE NOT EXISTS (SELECT 1 FROM import_staging WHERE key = known.code AND rejected IS NULL)
     ), rooted AS (
       SELECT code FROM wanted WHERE parent_code IS NULL
        UNION ALL
       SELECT wanted.code FROM rooted JOIN wanted ON wanted.parent_code = rooted.code
     )
     UPDATE import_staging row SET rejected = $2
      WHERE rejected IS NULL
        AND NOT EXISTS (SELECT 1 FROM rooted WHERE rooted.code = row.key)`,
    [filled, NO_PARENT[table]],
  )
}
