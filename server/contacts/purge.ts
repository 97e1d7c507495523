import { systemAsker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { deleteEnded } from './queries.ts'

/** As many in one transaction, so that its row of the audit stays readable. */
const AT_ONCE = 1000

/** Deletes the contacts of cases that ended more than `keepDays` ago. Answers how many. */
export async function purgeContacts(db: Database, keepDays: number): Promise<number> {
  for (let purged = 0; ; ) {
    const ids = await db.transaction(async (tx) => {
      const ended = await deleteEnded(tx, keepDays, AT_ONCE)
      if (ended.length > 0) {
        await recordAudit(tx, {
          ...systemAsker('retention'),
          action: 'contact.purge',
          subject: `contacts ${ended.length}`,
          outcome: 'done',
          after: { incidents: ended },
        })
      }
      return ended
    })
    purged += ids.length
    if (ids.length < AT_ONCE) return purged
  }
}
