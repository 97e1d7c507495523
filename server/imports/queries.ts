import type { Bbox } from '../../domain/geometry.ts'
import type { ImportKind } from '../../domain/import-fields.ts'
import type { RejectReason } from '../../domain/import-reasons.ts'
import type { Queryable, Transaction } from '../database/database.ts'

export interface NewImport {
  kind: ImportKind
  fileName: string
  attribution: string | null
}

/** Answers the import's number. */
export async function recordImport(
  db: Queryable,
  { kind, fileName, attribution }: NewImport,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO imports (kind, file_name, state, attribution) VALUES ($1, $2, 'running', $3) RETURNING id`,
    [kind, fileName, attribution],
  )
  return rows[0]!.id
}

export interface FinishedImport {
  state: 'done' | 'refused' | 'failed'
  rowsRead: number
  rowsWritten: number
  rowsRejected: number
  summary: Record<string, unknown>
  reportFile: string | null
}

export async function recordFinished(db: Queryable, id: number, result: FinishedImport): Promise<void> {
  await db.query(
    `UPDATE imports
        SET state = $2, finished_at = now(), rows_read = $3, rows_written = $4, rows_rejected = $5,
            summary = $6, report_file = $7
      WHERE id = $1`,
    [
      id,
      result.state,
      result.rowsRead,
      result.rowsWritten,
      result.rowsRejected,
      JSON.stringify(result.summary),
      result.reportFile,
    ],
  )
}

/** Holds until the transaction ends; false: somebody else holds it. Only where there are several sessions. */
export async function tryImportLock(tx: Transaction): Promise<boolean> {
  // The session only holds the lock and is idle for as long as the import takes
  await tx.query(`SET LOCAL idle_in_transaction_session_timeout = 0`)
  const { rows } = await tx.query<{ mine: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtext('grid-management import')) AS mine`,
  )
  return rows[0]!.mine
}

/** The import that runs now, as a sentence's subject; null when its record is gone. */
export async function runningImport(db: Queryable): Promise<{ kind: string; fileName: string } | null> {
  const { rows } = await db.query<{ kind: string; fileName: string }>(
    `SELECT kind, file_name AS "fileName" FROM imports WHERE state = 'running' ORDER BY id DESC LIMIT 1`,
  )
  return rows[0] ?? null
}

/** What an import left that ended without a word; to be asked only while no import runs. */
export async function clearLeftOvers(db: Queryable): Promise<void> {
  await db.query(`DROP TABLE IF EXISTS import_staging`)
  await db.query(
    `UPDATE imports
        SET state = 'failed', finished_at = now(), summary = '{"code": "interrupted"}'
      WHERE state = 'running'`,
  )
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

/** Where the district is known to lie: its grids in force, else its areas; null before there are any. */
export async function knownExtent(db: Queryable): Promise<Bbox | null> {
  const { rows } = await db.query<{ west: number | null; south: number; east: number; north: number }>(
    `WITH extent AS (
       SELECT coalesce((SELECT ST_Extent(geom) FROM grids WHERE valid_to IS NULL),
                       (SELECT ST_Extent(geom) FROM areas)) AS box
     )
     SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north FROM extent`,
  )
  const { west, south, east, north } = rows[0]!
  return west === null ? null : [west, south, east, north]
}
