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

/** Whose session it is; null: it has ended, or never was. That it asks is no use of it: pages ask by themselves. */
export async function findSession(
  db: Queryable,
  tokenHash: Uint8Array,
  { idleMinutes, hours }: SessionLimits,
): Promise<Actor | null> {
  const { rows } = await db.query<SessionUser>(
    `SELECT users.id, name, display_name AS "displayName", role, scope, department_code AS "departmentCode",
            must_change_password AS "mustChangePassword"
       FROM sessions JOIN users ON users.id = user_id
      WHERE token_hash = $1 AND NOT is_disabled
        AND sessions.last_seen_at > now() - make_interval(mins => $2::int)
        AND sessions.created_at > now() - make_interval(hours => $3::int)`,
    [tokenHash, idleMinutes, hours],
  )
  return rows[0] ? { kind: 'user', ...rows[0] } : null
}

/** Notes that somebody sits there; a session that has ended does not come back. */
export async function noteUse(
  db: Queryable,
  tokenHash: Uint8Array,
  { idleMinutes }: SessionLimits,
): Promise<void> {
  await db.query(
    `WITH used AS (
       UPDATE sessions SET last_seen_at = now()
        WHERE token_hash = $1 AND last_seen_at > now() - make_interval(mins => $2::int)
        RETURNING user_id
     )
     UPDATE users SET last_seen_at = now() FROM used WHERE users.id = used.user_id`,
    [tokenHash, idleMinutes],
  )
}

export async function insertSession(
  db: Queryable,
  session: { tokenHash: Uint8Array; userId: number; address: string; agent: string },
): Promise<void> {
  await db.query(
    `WITH begun AS (
       INSERT INTO sessions (token_hash, user_id, address, agent) VALUES ($1, $2::bigint, $3, $4) RETURNING user_id
     )
     UPDATE users SET last_seen_at = now() FROM begun WHERE users.id = begun.user_id`,
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

/** How long who fails waits: after `free` failures 2 seconds, twice as long after each, `longestS` at most. */
export interface SignInDelay {
  free: number
  longestS: number
}

/**
 * Counts a try as a failure before it is looked at, so that tries at the same moment wait for each other.
 * @returns 0: it may be looked at; otherwise the seconds until it may
 */
export async function claimTry(
  db: Queryable,
  hash: Uint8Array,
  { free, longestS }: SignInDelay,
): Promise<number> {
  const claimed = await db.query(
    `INSERT INTO sign_in_failures AS known (name_hash, failures) VALUES ($1, 1)
     ON CONFLICT (name_hash) DO UPDATE SET failures = known.failures + 1, last_at = now()
      WHERE known.failures <= $2::int
         OR known.last_at + make_interval(secs => least(power(2, least(known.failures - $2::int, 30)), $3::float8)) <= now()`,
    [hash, free, longestS],
  )
  if (claimed.rowCount === 1) return 0
  const { rows } = await db.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM last_at - now())
                 + least(power(2, least(failures - $2::int, 30)), $3::float8))::int AS seconds
       FROM sign_in_failures WHERE name_hash = $1`,
    [hash, free, longestS],
  )
  return Math.max(1, rows[0]?.seconds ?? 1)
}

export async function forgetFailures(db: Queryable, hashes: readonly Uint8Array[]): Promise<void> {
  for (const hash of hashes) await db.query(`DELETE FROM sign_in_failures WHERE name_hash = $1`, [hash])
}
