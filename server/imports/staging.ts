import type { RejectReason } from '../../domain/import-reasons.ts'
import { CopyWriter } from '../database/copy-writer.ts'
import type { Database } from '../database/database.ts'
import { analyzeStaging, copyStaged, createStaging, listStagedRejects, rejectDuplicates } from './queries.ts'
import type { RejectReport } from './reject-report.ts'

const CHUNK_CHARACTERS = 4 * 1024 * 1024
const REJECTS_AT_ONCE = 5000

/** Columns of a staging table beside row number, key and rejection: a name and what follows it in SQL. */
export type StagingColumns = Readonly<Record<string, string>>

/**
 * Checked rows on their way into the staging table. Each chunk is a transaction of its own, so that readers of
 * the outbox wait for none of them; while one is being written the next is gathered.
 */
export class Staging {
  private readonly writer = new CopyWriter()
  private writing: Promise<unknown> = Promise.resolve()
  private readonly columns: string[]
  rows = 0

  private constructor(
    private readonly db: Database,
    columns: StagingColumns,
  ) {
    this.columns = ['row_number', 'key', ...Object.keys(columns)]
  }

  static async create(db: Database, columns: StagingColumns): Promise<Staging> {
    await createStaging(
      db,
      Object.entries(columns)
        .map(([name, type]) => `${name} ${type}`)
        .join(', '),
    )
    return new Staging(db, columns)
  }

  /** `values` in the order of the columns. */
  add(row: number, key: string, values: readonly (string | number | boolean | null)[]): void {
    this.writer.row([row, key, ...values])
    this.rows++
  }

  /** To be awaited now and then: writes what was gathered once it is enough. */
  async flush(force = false): Promise<void> {
    if (this.writer.size === 0 || (!force && this.writer.size < CHUNK_CHARACTERS)) return
    await this.writing
    const chunk = this.writer.take()
    this.writing = this.db.transaction((tx) => copyStaged(tx, this.columns, once(chunk)))
    // Looked at by the next flush; a refusal in between is not unheard
    this.writing.catch(() => {})
  }

  /** Writes the rest, and rejects rows whose key an earlier row has. */
  async complete(): Promise<void> {
    await this.flush(true)
    await this.writing
    await this.db.transaction(async (tx) => {
      await analyzeStaging(tx)
      await rejectDuplicates(tx)
    })
  }
}

async function* once(chunk: Uint8Array) {
  yield chunk
}

/** The field that is at fault where it is not the key. */
const FIELD_OF_REASON: Partial<Record<RejectReason, string>> = {
  'geometry-invalid': 'geometry',
  'area-unknown': 'parent',
  'category-unknown': 'parent',
  'place-unknown': 'place',
}

/** Puts the rows that were rejected inside the staging table into the report. */
export async function reportStagedRejects(
  db: Database,
  report: RejectReport,
  keyField: string,
): Promise<void> {
  let after = 0
  for (;;) {
    const rejects = await listStagedRejects(db, after, REJECTS_AT_ONCE)
    for (const { row, key, reason } of rejects) {
      await report.add({ row, key, field: FIELD_OF_REASON[reason] ?? keyField, reason })
    }
    if (rejects.length < REJECTS_AT_ONCE) return
    after = rejects.at(-1)!.row
  }
}
