import type { Role } from '../../../domain/access/role.ts'
import type { Queryable } from '../../database/database.ts'
import type { Actor } from '../actor.ts'

export interface SessionLimits {
  idleMinutes: number
  /** from the sign-in on, however busy */
  hours: number
}

interface SessionUser {
  id: number
  name: string
  displayName: string
  role: Role
  scope: string[]
  departmentCode: string | null
  mustChangePassword: boolean
}

/** Whose session it is; null: it has ended, or never was. Notes now and then that it is used. */
export async function findSession(
  db: Queryable,
  tokenHash: Uint8Array,
  { idleMinutes, hours }: SessionLimits,
): Promise<Actor | null> {
  const { rows } = await db.query<SessionUser & { isStale: boolean }>(
    `SELECT users.id, name, display_name AS "displayName", role, scope, department_code AS "departmentCode",
            must_change_password AS "mustChangePassword",
            last_seen_at < now() - interval '1 minute' AS "isStale"
       FROM sessions JOIN users ON users.id = user_id
      WHERE token_hash = $1 AND NOT is_disabled
        AND last_seen_at > now() - make_interval(mins => $2::int)
        AND sessions.created_at > now() - make_interval(hours => $3::int)`,
    [tokenHash, idleMinutes, hours],
  )
  const row = rows[0]
  if (!row) return null
  const { isStale, ...user } = row
  if (isStale) await db.query(`UPDATE sessions SET last_seen_at = now() WHERE token_hash = $1`, [tokenHash])
  return { kind: 'user', ...user }
}

export async function insertSession(
  db: Queryable,
  session: { tokenHash: Uint8Array; userId: number; address: string; agent: string },
): Promise<void> {
  await db.query(
    `INSERT INTO sessions (token_hash, user_id, address, agent) VALUES ($1, $2::bigint, $3, $4)`,
    [session.tokenHash, session.userId, session.address, session.agent],
  )
}

export async function deleteSession(db: Queryable, tokenHash: Uint8Array): Promise<void> {
  await db.query(`DELETE FROM sessions WHERE token_hash = $1`, [tokenHash])
}

/** Ends what is over by the limits. */
export async function purgeSessions(db: Queryable, { idleMinutes, hours }: SessionLimits): Promise<void> {
  await db.query(
    `DELETE FROM sessions
      WHERE last_seen_at <= now() - make_interval(mins => $1::int)
         OR created_at <= now() - make_interval(hours => $2::int)`,
    [idleMinutes, hours],
  )
  await db.query(`DELETE FROM sign_in_failures WHERE last_at < now() - interval '1 day'`)
}

/** Seconds until a name may be tried again; 0: now. */
export async function secondsToWait(
  db: Queryable,
  nameHash: Uint8Array,
  { free, longestS }: { free: number; longestS: number },
): Promise<number> {
  const { rows } = await db.query<{ seconds: number }>(
    `SELECT ceil(greatest(0, extract(epoch FROM last_at - now())
              + least(power(2, failures - $2::int), $3::float8)))::int AS seconds
       FROM sign_in_failures
      WHERE name_hash = $1 AND failures > $2::int`,
    [nameHash, free, longestS],
  )
  return rows[0]?.seconds ?? 0
}

export async function noteFailure(db: Queryable, nameHash: Uint8Array): Promise<void> {
  await db.query(
    `INSERT INTO sign_in_failures (name_hash, failures) VALUES ($1, 1)
     ON CONFLICT (name_hash) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = now()`,
    [nameHash],
  )
}

export async function forgetFailures(db: Queryable, nameHash: Uint8Array): Promise<void> {
  await db.query(`DELETE FROM sign_in_failures WHERE name_hash = $1`, [nameHash])
}
