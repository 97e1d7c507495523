import type { Contact } from '../../domain/contact.ts'
import type { NewIncident } from '../../domain/incident.ts'
import { inScope, type Scope } from '../../domain/scope.ts'
import type { Asker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import { makeOnce } from '../creation-key.ts'
import type { Database, Transaction } from '../database/database.ts'
import { badField, RequestError } from '../errors.ts'
import { categoryExists, insertIncident, nextNumber } from './queries.ts'

/** Clocks of two machines differ a little: so much later than ours is still now. */
const CLOCK_DIFFERENCE_MS = 60_000

/** Who keeps the contacts of reporters; other rooms know how. */
export interface ContactKeeper {
  digest(contact: Contact): Promise<string>
  keep(tx: Transaction, incidentId: number, contact: Contact): Promise<void>
}

export interface ReportParts {
  db: Database
  timeZone: string
  contacts: ContactKeeper
}

/** Who reports. */
export interface Reporter {
  actor: string
  /** the areas in which cases may be reported */
  scope: Scope
}

/**
 * Writes a new case and answers its id; with a key that was used before, the id of the case written then.
 * @throws RequestError for a case that cannot be or lies elsewhere, or a key that was used for another one
 */
export async function reportIncident(
  { db, timeZone, contacts }: ReportParts,
  key: string,
  { contact, ...stated }: NewIncident,
  { actor, scope }: Reporter,
  asker: Asker,
): Promise<number> {
  const told = contact ? { ...stated, contact: await contacts.digest(contact) } : stated
  return db.transaction((tx) =>
    makeOnce(tx, {
      what: 'case',
      key,
      body: Object.entries(told).sort(),
      again: async (id) => id,
      make: async () => {
        const incident = completed(stated)
        if (!(await categoryExists(tx, incident.categoryCode))) {
          throw badField(
            'categoryCode',
            `there is no category ${incident.categoryCode}`,
            'Use a code of /api/categories.',
          )
        }
        const number = await nextNumber(tx, timeZone)
        const { id, areaCode } = await insertIncident(tx, number, incident, timeZone, actor)
        if (!inScope(areaCode, scope)) throw new LiesElsewhere()
        if (contact) await contacts.keep(tx, id, contact)
        await recordAudit(tx, {
          ...asker,
          action: 'incident.report',
          subject: `incident ${id}`,
          outcome: 'done',
          // Of the contact only that there is one
          after: { number, ...incident, hasContact: contact !== undefined },
        })
        return { id, made: id }
      },
    }),
  )
}

/** Takes back what was written: where the place lies is known for sure only under the lock that writing takes. */
export class LiesElsewhere extends RequestError {
  constructor() {
    const fault = {
      reason: 'lies outside of your areas',
      remedy: 'Correct the place, or let the centre report the case.',
    }
    super(403, 'You may report cases in your own areas only.', [
      { field: 'lng', ...fault },
      { field: 'lat', ...fault },
    ])
  }
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
