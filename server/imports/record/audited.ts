import type { JobState } from '../../../domain/import-job.ts'
import { type Asker, systemAsker } from '../../audit/askers.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Database, Queryable, Transaction } from '../../database/database.ts'
import type { FinishedImport, NewImport } from './queries.ts'

/** Writes down who begins import `id`; to be called last in the transaction that records it. */
export function auditBegin(tx: Transaction, id: number, order: NewImport, asker: Asker): Promise<void> {
  const { kind, fileName, settings, dryRun } = order
  return recordAudit(tx, {
    ...asker,
    action: 'import.begin',
    subject: `import ${id}`,
    outcome: 'done',
    after: { kind, fileName, dryRun, settings },
  })
}

/** Writes down how import `id` ended; to be called last in the transaction that writes its rows. */
export function auditEnd(
  tx: Transaction,
  id: number,
  end: { state: JobState; summary: FinishedImport['summary'] } & Partial<FinishedImport>,
  asker: Asker,
): Promise<void> {
  const { state, rowsRead, rowsRejected, inserted, updated, unchanged, summary } = end
  return recordAudit(tx, {
    ...asker,
    action: 'import.end',
    subject: `import ${id}`,
    outcome: state === 'refused' ? 'refused' : 'done',
    after: { state, code: summary.code, rowsRead, rowsRejected, inserted, updated, unchanged },
  })
}

/** Ends what was left by a process that was stopped: `end` answers the numbers of what it ended. */
export function endLeftOver(db: Database, end: (tx: Queryable) => Promise<number[]>): Promise<void> {
  return db.transaction(async (tx) => {
    for (const id of await end(tx)) {
      await auditEnd(tx, id, { state: 'failed', summary: { code: 'interrupted' } }, systemAsker('imports'))
    }
  })
}
