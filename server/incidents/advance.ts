import type { Transition } from '../../domain/incident.ts'
import type { Asker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { appendTransition, assignDepartment, lockIncident } from './queries.ts'

/** A step of a case's way; with the department that has to see to it from then on, null: as before. */
export interface Advance extends Transition {
  departmentCode: string | null
}

/**
 * Moves a case on. Answers false, and writes nothing, where it does not stand in `fromStatus` any more or its
 * last step is later: somebody else has moved it meanwhile.
 */
export function advanceIncident(db: Database, id: number, step: Advance, asker: Asker): Promise<boolean> {
  return db.transaction(async (tx) => {
    const incident = await lockIncident(tx, id)
    if (!incident || incident.status !== step.fromStatus || incident.lastAt.getTime() > Date.parse(step.at)) {
      return false
    }
    if (step.departmentCode !== null) await assignDepartment(tx, id, step.departmentCode)
    await appendTransition(tx, id, step)
    await recordAudit(tx, {
      ...asker,
      action: 'incident.advance',
      subject: `incident ${id}`,
      outcome: 'done',
      before: { status: incident.status },
      after: { status: step.toStatus, ...step },
    })
    return true
  })
}
