import type { ImportKind } from '../../../domain/import-fields.ts'
import type { JobState } from '../../../domain/import-job.ts'
import type { ImportSettings } from '../../../domain/import-options.ts'
import type { Queryable } from '../../database/database.ts'

export interface NewImport {
  kind: ImportKind
  fileName: string
  settings: ImportSettings
  dryRun: boolean
  startedBy: string | null
}

/** Records an import that waits for its turn, its files held by deployment `runner`. Answers its number. */
export async function queueImport(db: Queryable, order: NewImport, runner: string): Promise<number> {
  return insertImport(db, order, 'queued', runner)
}

/** Records an import that runs. Answers its number. */
export async function recordImport(db: Queryable, order: NewImport): Promise<number> {
  return insertImport(db, order, 'running', null)
}

async function insertImport(
  db: Queryable,
  { kind, fileName, settings, dryRun, startedBy }: NewImport,
  state: JobState,
  runner: string | null,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO imports (kind, file_name, state, dry_run, started_by, runner, options, attribution)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     RETURNING id`,
    [
      kind,
      fileName,
      state,
      dryRun,
      startedBy,
      runner,
      JSON.stringify(settings),
      dryRun ? null : settings.attribution,
    ],
  )
  return rows[0]!.id
}

export async function startQueued(db: Queryable, id: number): Promise<void> {
  await db.query(`UPDATE imports SET state = 'running', started_at = now() WHERE id = $1`, [id])
}

export interface FinishedImport {
  state: JobState
  rowsRead: number
  rowsRejected: number
  inserted: number
  updated: number
  unchanged: number
  summary: Record<string, unknown>
  reportFile: string | null
}

/** Ends the record of a running import. Answers false where it had ended, and stays as it was. */
export async function recordFinished(db: Queryable, id: number, result: FinishedImport): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE imports
        SET state = $2, finished_at = now(), rows_read = $3, rows_rejected = $4, rows_inserted = $5,
            rows_updated = $6, rows_unchanged = $7, rows_written = $5::bigint + $6::bigint, summary = $8, report_file = $9
      WHERE id = $1 AND state = 'running'`,
    [
      id,
      result.state,
      result.rowsRead,
      result.rowsRejected,
      result.inserted,
      result.updated,
      result.unchanged,
      JSON.stringify(result.summary),
      result.reportFile,
    ],
  )
  return rowCount > 0
}

/** Ends the record of an import that ended without doing so itself. Answers whether it had not. */
export async function recordEnd(
  db: Queryable,
  id: number,
  state: JobState,
  summary: Record<string, unknown>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE imports
        SET state = $2, finished_at = now(), summary = $3
      WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, state, JSON.stringify(summary)],
  )
  return rowCount > 0
}

/** What waited or ran in a deployment that was stopped: nothing goes on with it. Answers their numbers. */
export async function endForgotten(db: Queryable, runner: string): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `UPDATE imports
        SET state = 'failed', finished_at = now(), summary = '{"code": "interrupted"}'
      WHERE state IN ('queued', 'running') AND runner = $1
     RETURNING id`,
    [runner],
  )
  return rows.map(({ id }) => id)
}

/** What runs by its record; to be asked only while no import runs. Answers their numbers. */
export async function endInterrupted(db: Queryable): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    `UPDATE imports
        SET state = 'failed', finished_at = now(), summary = '{"code": "interrupted"}'
      WHERE state = 'running'
     RETURNING id`,
  )
  return rows.map(({ id }) => id)
}

/** The import that runs now, as a sentence's subject; null when its record is gone. */
export async function runningImport(db: Queryable): Promise<{ kind: ImportKind; fileName: string } | null> {
  const { rows } = await db.query<{ kind: ImportKind; fileName: string }>(
    `SELECT kind, file_name AS "fileName" FROM imports WHERE state = 'running' ORDER BY id DESC LIMIT 1`,
  )
  return rows[0] ?? null
}

export interface ImportRow {
  id: number
  kind: ImportKind
  fileName: string
  state: JobState
  dryRun: boolean
  startedBy: string | null
  startedAt: Date
  finishedAt: Date | null
  rowsRead: number
  rowsRejected: number
  inserted: number
  updated: number
  unchanged: number
  settings: Partial<ImportSettings>
  summary: Record<string, unknown>
  reportFile: string | null
  undoneAt: Date | null
  undoneBy: string | null
  /** what it replaced is still recorded */
  undoable: boolean
}

const IMPORT_ROW = `
  id, kind, file_name AS "fileName", state, dry_run AS "dryRun", started_by AS "startedBy",
  started_at AS "startedAt", finished_at AS "finishedAt", rows_read AS "rowsRead",
  rows_rejected AS "rowsRejected", rows_inserted AS inserted, rows_updated AS updated,
  rows_unchanged AS unchanged, options AS settings, summary, report_file AS "reportFile",
  undone_at AS "undoneAt", undone_by AS "undoneBy",
  state = 'done' AND EXISTS (SELECT 1 FROM import_rows WHERE import_id = imports.id) AS undoable`

/** Imports before number `before` (null: from the newest on), without those that only checked unless `dryRuns`. */
export async function listImports(
  db: Queryable,
  { before, dryRuns, limit }: { before: number | null; dryRuns: boolean; limit: number },
): Promise<ImportRow[]> {
  const { rows } = await db.query<ImportRow>(
    `SELECT ${IMPORT_ROW}
       FROM imports
      WHERE ($1::bigint IS NULL OR id < $1)
        AND ($2 OR NOT dry_run)
      ORDER BY id DESC
      LIMIT $3`,
    [before, dryRuns, limit],
  )
  return rows
}

export async function findImport(db: Queryable, id: number): Promise<ImportRow | null> {
  const { rows } = await db.query<ImportRow>(`SELECT ${IMPORT_ROW} FROM imports WHERE id = $1`, [id])
  return rows[0] ?? null
}
