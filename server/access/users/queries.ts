import type { NewUser, User, UserChange } from '../../../domain/access/user.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

const USER = `
  users.id, name, display_name AS "displayName", role, scope, department_code AS "departmentCode",
  is_disabled AS "isDisabled", open_id_subject IS NOT NULL AS "isOpenId",
  (SELECT to_char(max(last_seen_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
     FROM sessions WHERE user_id = users.id) AS "lastSeenAt",
  (SELECT count(*) FROM sessions WHERE user_id = users.id) AS sessions`

/** By name. */
export async function listUsers(db: Queryable): Promise<User[]> {
  const { rows } = await db.query<User>(`SELECT ${USER} FROM users ORDER BY lower(name)`)
  return rows
}

export async function findUser(db: Queryable, id: number): Promise<User | null> {
  const { rows } = await db.query<User>(`SELECT ${USER} FROM users WHERE id = $1::bigint`, [id])
  return rows[0] ?? null
}

export interface Credentials {
  id: number
  name: string
  passwordHash: string | null
  isDisabled: boolean
}

/** Of whoever has this name, however it is written. */
export async function findCredentials(db: Queryable, name: string): Promise<Credentials | null> {
  const { rows } = await db.query<Credentials>(
    `SELECT id, name, password_hash AS "passwordHash", is_disabled AS "isDisabled"
       FROM users WHERE lower(name) = lower($1)`,
    [name],
  )
  return rows[0] ?? null
}

export async function hasUsers(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM users LIMIT 1`)
  return rows.length > 0
}

/** Null: somebody has the name. */
export async function insertUser(
  db: Queryable,
  user: NewUser & { passwordHash: string | null; isDemo?: boolean },
): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `INSERT INTO users (name, display_name, role, scope, department_code, password_hash, must_change_password,
                        is_demo)
     VALUES ($1, $2, $3, $4::text[], $5, $6, $6::text IS NOT NULL, $7)
     ON CONFLICT DO NOTHING
     RETURNING id`,
    [
      user.name,
      user.displayName,
      user.role,
      user.scope,
      user.departmentCode ?? null,
      user.passwordHash,
      user.isDemo ?? false,
    ],
  )
  return rows[0]?.id ?? null
}

/** What is not named stays. */
export async function updateUser(db: Queryable, id: number, change: UserChange): Promise<void> {
  await db.query(
    `UPDATE users
        SET display_name = coalesce($2, display_name), role = coalesce($3, role),
            scope = coalesce($4::text[], scope),
            department_code = CASE WHEN $5 THEN $6 ELSE department_code END,
            is_disabled = coalesce($7, is_disabled)
      WHERE id = $1::bigint`,
    [
      id,
      change.displayName ?? null,
      change.role ?? null,
      change.scope ?? null,
      change.departmentCode !== undefined,
      change.departmentCode ?? null,
      change.isDisabled ?? null,
    ],
  )
}

export async function setPassword(
  db: Queryable,
  id: number,
  passwordHash: string,
  mustChange: boolean,
): Promise<void> {
  await db.query(`UPDATE users SET password_hash = $2, must_change_password = $3 WHERE id = $1::bigint`, [
    id,
    passwordHash,
    mustChange,
  ])
}

/** All but the session of `keptHash`, where one is named. */
export async function endSessions(db: Queryable, userId: number, keptHash?: Uint8Array): Promise<void> {
  await db.query(
    `DELETE FROM sessions WHERE user_id = $1::bigint AND token_hash IS DISTINCT FROM $2::bytea`,
    [userId, keptHash ?? null],
  )
}

/** Whether somebody could still manage users without user `id`. */
export async function hasOtherAdministrator(db: Queryable, id: number): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM users WHERE role = 'administrator' AND NOT is_disabled AND id <> $1::bigint LIMIT 1`,
    [id],
  )
  return rows.length > 0
}

/** Those among `codes` that no area has. */
export async function unknownAreas(db: Queryable, codes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `SELECT code FROM unnest($1::text[]) AS asked (code)
      WHERE code <> '' AND NOT EXISTS (SELECT 1 FROM areas WHERE areas.code = asked.code)`,
    [codes],
  )
  return rows.map(({ code }) => code)
}

export async function isDepartment(db: Queryable, code: string): Promise<boolean> {
  const { rows } = await db.query(`SELECT 1 FROM departments WHERE code = $1`, [code])
  return rows.length > 0
}

export interface DemoUser {
  id: number
  name: string
  displayName: string
  role: User['role']
}

/** While the demo district is there. */
export async function listDemoUsers(db: Queryable): Promise<DemoUser[]> {
  const { rows } = await db.query<DemoUser>(
    `SELECT id, name, display_name AS "displayName", role
       FROM users WHERE is_demo AND NOT is_disabled AND EXISTS (SELECT 1 FROM demo_district) ORDER BY id`,
  )
  return rows
}

/** Nobody else adds a user until the transaction ends. */
export async function lockUsers(tx: Transaction): Promise<void> {
  await tx.query(`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`)
}

/** A street, a community of it and the busiest department of the demo district; null: it is not here. */
export async function demoPlaces(
  db: Queryable,
): Promise<{ street: string; community: string; department: string } | null> {
  const { rows } = await db.query<{ street: string; community: string; department: string }>(
    `SELECT street.code AS street, community.code AS community,
            (SELECT department_code FROM incidents WHERE department_code IS NOT NULL
              GROUP BY department_code ORDER BY count(*) DESC, department_code LIMIT 1) AS department
       FROM areas street JOIN areas community ON community.parent_code = street.code
      WHERE street.level = 'street' AND EXISTS (SELECT 1 FROM demo_district)
      ORDER BY community.code LIMIT 1`,
  )
  return rows[0] ?? null
}
