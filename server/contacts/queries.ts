import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable, Transaction } from '../database/database.ts'

export async function insertContact(
  tx: Transaction,
  incidentId: number,
  sealed: Uint8Array,
  lastFour: string,
): Promise<void> {
  await tx.query(`INSERT INTO contacts (incident_id, sealed, last_four) VALUES ($1::bigint, $2, $3)`, [
    incidentId,
    sealed,
    lastFour,
  ])
}

export interface KeptContact {
  sealed: Uint8Array
  lastFour: string
}

/** null: the case has no contact, or lies outside of `scope` */
export async function findContact(
  db: Queryable,
  scope: CaseScope,
  incidentId: number,
): Promise<KeptContact | null> {
  const { rows } = await db.query<KeptContact>(
    `SELECT sealed, last_four AS "lastFour"
       FROM contacts JOIN incidents ON incidents.id = incident_id
      WHERE incident_id = $1::bigint AND area_code ^@ ANY ($2::text[])
        AND ($3::text IS NULL OR department_code = $3)`,
    [incidentId, scope.areas, scope.departmentCode],
  )
  return rows[0] ?? null
}

export interface SealedContact {
  incidentId: number
  sealed: Uint8Array
}

/** At most `limit` contacts behind the case `after` that another key sealed than the one that `mark` names; held. */
export async function lockSealedOtherwise(
  tx: Transaction,
  mark: Uint8Array,
  after: number,
  limit: number,
): Promise<SealedContact[]> {
  const { rows } = await tx.query<SealedContact>(
    `SELECT incident_id AS "incidentId", sealed
       FROM contacts
      WHERE incident_id > $1::bigint AND substring(sealed FROM 1 FOR length($2::bytea)) <> $2
      ORDER BY incident_id
      LIMIT $3::int
        FOR UPDATE`,
    [after, mark, limit],
  )
  return rows
}

export async function replaceSealed(tx: Transaction, { incidentId, sealed }: SealedContact): Promise<void> {
  await tx.query(`UPDATE contacts SET sealed = $2 WHERE incident_id = $1::bigint`, [incidentId, sealed])
}

/** Deletes contacts whose case ended more than `days` ago, at most `limit`. Answers whose they were. */
export async function deleteEnded(tx: Transaction, days: number, limit: number): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `WITH ended AS (
       SELECT incident_id
         FROM contacts JOIN incidents ON incidents.id = incident_id
        WHERE closed_at < now() - make_interval(days => $1::int)
        ORDER BY closed_at
        LIMIT $2::int
          FOR UPDATE OF contacts SKIP LOCKED
     )
     DELETE FROM contacts USING ended WHERE contacts.incident_id = ended.incident_id
     RETURNING contacts.incident_id AS id`,
    [days, limit],
  )
  return rows.map(({ id }) => id)
}
