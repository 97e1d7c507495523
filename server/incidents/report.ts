import { createHash } from 'node:crypto'
import type { NewIncident } from '../../domain/incident.ts'
import type { Database } from '../database/database.ts'
import { badField, RequestError } from '../errors.ts'
import { categoryExists, insertIncident, nextNumber, noteKey, takeKey } from './queries.ts'

/** Clocks of two machines differ a little: so much later than ours is still now. */
const CLOCK_DIFFERENCE_MS = 60_000

/**
 * Writes a new case and answers its id; with a key that was used before, the id of the case written then.
 * @throws RequestError for a case that cannot be, or a key that was used for another one
 */
export function reportIncident(
  db: Database,
  key: string,
  stated: NewIncident,
  timeZone: string,
  actor: string,
): Promise<number> {
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(Object.entries(stated).sort()))
    .digest('hex')
  return db.transaction(async (tx) => {
    const used = await takeKey(tx, key, bodyHash)
    if (used && used.bodyHash !== bodyHash) {
      throw new RequestError(422, 'This Idempotency-Key belongs to another case.', [
        { field: 'idempotency-key', reason: 'was sent before with other content', remedy: 'Send a new key.' },
      ])
    }
    if (used) return used.incidentId
    const incident = completed(stated)
    if (!(await categoryExists(tx, incident.categoryCode))) {
      throw badField(
        'categoryCode',
        `there is no category ${incident.categoryCode}`,
        'Use a code of /api/categories.',
      )
    }
    const number = await nextNumber(tx, timeZone)
    const id = await insertIncident(tx, number, incident, timeZone, actor)
    await noteKey(tx, key, id)
    return id
  })
}

/** With its time, and at the precision that places are kept in. */
function completed(stated: NewIncident): NewIncident & { reportedAt: string } {
  const now = Date.now()
  const reportedAt = stated.reportedAt ?? new Date(now).toISOString()
  const reported = Date.parse(reportedAt)
  if (reported > now + CLOCK_DIFFERENCE_MS) {
    throw badField(
      'reportedAt',
      'lies in the future',
      'Send a time that has passed, or leave it out for now.',
    )
  }
  if (reported < 0) throw badField('reportedAt', 'lies before 1970', 'Correct the time.')
  if (stated.dueAt !== undefined && Date.parse(stated.dueAt) < reported) {
    throw badField('dueAt', 'lies before the report', 'Send a deadline after reportedAt, or leave it out.')
  }
  return { ...stated, reportedAt, lng: toE7(stated.lng), lat: toE7(stated.lat) }
}

const toE7 = (degrees: number) => Math.round(degrees * 1e7) / 1e7
