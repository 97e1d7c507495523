import { systemAsker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { lockSealedOtherwise, replaceSealed } from './queries.ts'
import { seal, sealMark, unseal } from './seal.ts'

/** As many in one transaction: nobody waits long for one of them. */
const AT_ONCE = 500

export interface Resealed {
  /** sealed with the current key now */
  resealed: number
  /** none of the keys opens these: the one that sealed them is missing */
  unopened: number
}

/** Seals every contact with the first of `keys` that an other one has sealed: afterwards that other one can go. */
export async function resealContacts(db: Database, keys: readonly Uint8Array[]): Promise<Resealed> {
  const [current] = keys
  const done: Resealed = { resealed: 0, unopened: 0 }
  if (!current) return done
  const mark = sealMark(current)
  for (let after: number | undefined = 0; after !== undefined; ) {
    const from: number = after
    after = await db.transaction(async (tx) => {
      const found = await lockSealedOtherwise(tx, mark, from, AT_ONCE)
      let resealed = 0
      for (const { incidentId, sealed } of found) {
        const contact = unseal(sealed, incidentId, keys)
        if (!contact) continue
        await replaceSealed(tx, { incidentId, sealed: seal(contact, incidentId, current) })
        resealed++
      }
      done.resealed += resealed
      done.unopened += found.length - resealed
      if (resealed > 0) {
        await recordAudit(tx, {
          ...systemAsker('contacts'),
          action: 'contact.reseal',
          subject: `contacts ${resealed}`,
          outcome: 'done',
        })
      }
      return found.at(-1)?.incidentId
    })
  }
  return done
}
