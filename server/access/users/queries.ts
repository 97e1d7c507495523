import type { NewUser, User, UserChange } from '../../../domain/access/user.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

const USER = `
  users.id, name, display_name AS "displayName", role, scope, department_code AS "departmentCode",
  is_disabled AS "isDisabled", open_id_subject IS NOT NULL AS "isOpenId", version,
  to_char(users.last_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastSeenAt",
  (SELECT count(*) FROM sessions WHERE user_id = users.id) AS sessions`

/** At most `limit` users behind the one with the number `after`, in the order in which they were let in. */
export async function listUsers(db: Queryable, after: number, limit: number): Promise<User[]> {
  const { rows } = await db.query<User>(
    `SELECT ${USER} FROM users WHERE id > $1::bigint ORDER BY id LIMIT $2::int`,
    [after, limit],
  )
  return rows
}

export async function findUser(db: Queryable, id: number): Promise<User | null> {
  const { rows } = await db.query<User>(`SELECT ${USER} FROM users WHERE id = $1::bigint`, [id])
  return rows[0] ?? null
}

/** Held until the transaction ends. */
export async function lockUser(tx: Transaction, id: number): Promise<User | null> {
  const { rows } = await tx.query<User>(`SELECT ${USER} FROM users WHERE id = $1::bigint FOR UPDATE`, [id])
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

/** Somebody who needs no sign-in of the demo district. */
export async function hasAdministrator(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM users
      WHERE role = 'administrator' AND NOT is_disabled AND (password_hash IS NOT NULL OR open_id_subject IS NOT NULL)
      LIMIT 1`,
  )
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
            is_disabled = coalesce($7, is_disabled), version = version + 1
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

/** Somebody who was shut out may sign in again. A demo user with a password is a demo user no more. */
export async function letIn(db: Queryable, id: number): Promise<void> {
  await db.query(
    `UPDATE users SET is_disabled = false, is_demo = false, version = version + 1 WHERE id = $1::bigint`,
    [id],
  )
}

export async function endSessions(db: Queryable, userId: number): Promise<void> {
  await db.query(`DELETE FROM sessions WHERE user_id = $1::bigint`, [userId])
}

/** Whether the password of a user is the one that was made for one use. */
export async function mustChangePassword(db: Queryable, id: number): Promise<boolean> {
  const { rows } = await db.query<{ must: boolean }>(
    `SELECT must_change_password AS must FROM users WHERE id = $1::bigint`,
    [id],
  )
  return rows[0]?.must ?? false
}

/** Whether somebody could still manage users without user `id`. */
export async function hasOtherAdministrator(db: Queryable, id: number): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT 1 FROM users WHERE role = 'administrator' AND NOT is_disabled AND id <> $1::bigint LIMIT 1`,
    [id],
  )
  return rows.length > 0
}

/** Nobody else adds a user until the transaction ends. */
export async function lockUsers(tx: Transaction): Promise<void> {
  await tx.query(`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`)
}
