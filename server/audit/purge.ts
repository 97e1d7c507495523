import type { Database } from '../database/database.ts'
import { systemAsker } from './askers.ts'
import { deleteDaysBefore } from './queries.ts'
import { recordAudit } from './record.ts'
import { PURGE_ACTION } from './verify.ts'

const DAY_MS = 86_400_000

/** Lets go of the days that are older than `keepDays`; their heads stay, so that what follows still verifies. */
export function purgeAudit(db: Database, keepDays: number, now = new Date()): Promise<void> {
  const oldestKept = new Date(now.getTime() - keepDays * DAY_MS).toISOString().slice(0, 10)
  return db.transaction(async (tx) => {
    const gone = await deleteDaysBefore(tx, oldestKept)
    if (!gone) return
    await recordAudit(tx, {
      ...systemAsker('retention'),
      action: PURGE_ACTION,
      subject: 'audit',
      outcome: 'done',
      after: gone,
    })
  })
}
