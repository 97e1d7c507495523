import type { Role } from '../../../domain/access/role.ts'
import type { Queryable } from '../../database/database.ts'

export interface OpenIdUser {
  id: number
  name: string
  displayName: string
  role: Role
  scope: string[]
  departmentCode: string | null
  isDisabled: boolean
}

/** Held until the transaction ends; null: has not been here yet. */
export async function lockOpenIdUser(db: Queryable, subject: string): Promise<OpenIdUser | null> {
  const { rows } = await db.query<OpenIdUser>(
    `SELECT id, name, display_name AS "displayName", role, scope, department_code AS "departmentCode",
            is_disabled AS "isDisabled"
       FROM users WHERE open_id_subject = $1 FOR UPDATE`,
    [subject],
  )
  return rows[0] ?? null
}

type Granted = Pick<OpenIdUser, 'displayName' | 'role' | 'scope' | 'departmentCode'>

/** Null: somebody has the name, or the subject. */
export async function insertOpenIdUser(
  db: Queryable,
  user: Granted & { name: string; subject: string },
): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO users (name, display_name, role, scope, department_code, open_id_subject)
     VALUES ($1, $2, $3, $4::text[], $5, $6)
     ON CONFLICT DO NOTHING
     RETURNING id`,
    [user.name, user.displayName, user.role, user.scope, user.departmentCode, user.subject],
  )
  return rows[0]?.id ?? null
}

export async function grantOpenIdUser(db: Queryable, id: number, granted: Granted): Promise<void> {
  await db.query(
    `UPDATE users SET display_name = $2, role = $3, scope = $4::text[], department_code = $5,
            version = version + 1
      WHERE id = $1::bigint`,
    [id, granted.displayName, granted.role, granted.scope, granted.departmentCode],
  )
}
