import type { Database } from '../../database/database.ts'
import { holdWall, insertRuleAlarm, type NewRuleAlarm, toldAmong } from './raise-queries.ts'

class ToldBefore extends Error {}

/**
 * Writes an alarm that a rule raises, unless the rule has told of one of its cases, in whichever process. Answers
 * the cases that it had told of: none, when the alarm was written, or its wall is no more.
 */
export async function raiseOnce(db: Database, alarm: NewRuleAlarm): Promise<number[]> {
  try {
    await db.transaction(async (tx) => {
      // Its rules may have been read before somebody deleted it
      if (!(await holdWall(tx, alarm.wallId))) return
      if (!(await insertRuleAlarm(tx, alarm))) throw new ToldBefore()
    })
    return []
  } catch (error) {
    if (!(error instanceof ToldBefore)) throw error
    return toldAmong(db, alarm)
  }
}
