import { inScope, type Scope } from '../../../domain/scope.ts'
import type { Alarm } from '../../../domain/wall/alarm.ts'
import type { Queryable, Transaction } from '../../database/database.ts'

/** An alarm with what a message to others needs beside it. */
export interface StoredAlarm extends Omit<Alarm, 'isWhollyOwn'> {
  language: string
  /** within which area it lies: '': the whole district */
  within: string
}

type AlarmRow = Omit<StoredAlarm, 'raisedAt' | 'expiresAt' | 'acknowledgedAt'> & {
  raisedAt: Date
  expiresAt: Date
  acknowledgedAt: Date | null
}

const ALARM = `id, source, wall_id AS "wallId", rule_id AS "ruleId", raised_at AS "raisedAt", expires_at AS "expiresAt",
  title, text, level, place_code AS "placeCode", ST_X(geom) AS lng, ST_Y(geom) AS lat, incident_ids AS "incidentIds",
  acknowledged_at AS "acknowledgedAt", acknowledged_by AS "acknowledgedBy", place_name AS "placeName", language, area_code AS within`

/** As the policy of the table: a warning from outside concerns everybody within its area too. */
const seenIn = (scope: string) => `(area_code ^@ ANY (${scope}::text[])
  OR source = 'cap' AND EXISTS (SELECT FROM unnest(${scope}::text[]) own WHERE own ^@ area_code))`

const MOST_AT_ONCE = 200

/**
 * Those in force of a wall and of every wall, the oldest first; of too many the gravest and newest.
 * @param wallId null: of all walls
 */
export async function listAlarms(db: Queryable, scope: Scope, wallId: number | null): Promise<Alarm[]> {
  const { rows } = await db.query<AlarmRow>(
    `WITH gravest AS (
       SELECT *
         FROM alarms
        WHERE expires_at > now() AND acknowledged_at IS NULL
          AND (wall_id IS NULL OR $2::bigint IS NULL OR wall_id = $2::bigint)
          AND ${seenIn('$1')}
        ORDER BY level, raised_at DESC, id DESC
        LIMIT $3::int
     )
     SELECT ${ALARM} FROM gravest ORDER BY raised_at, id`,
    [scope, wallId, MOST_AT_ONCE],
  )
  return rows.map((row) => shown(alarmOf(row), scope))
}

export async function findAlarm(db: Queryable, scope: Scope, id: number): Promise<StoredAlarm | null> {
  const { rows } = await db.query<AlarmRow>(
    `SELECT ${ALARM} FROM alarms WHERE id = $2::bigint AND ${seenIn('$1')}`,
    [scope, id],
  )
  return rows[0] ? alarmOf(rows[0]) : null
}

/** Those that rules raised and whose time is not over, acknowledged or not, the newest first. */
export async function listRuleAlarms(db: Queryable, scope: Scope): Promise<StoredAlarm[]> {
  const { rows } = await db.query<AlarmRow>(
    `SELECT ${ALARM}
       FROM alarms
      WHERE expires_at > now() AND source = 'rule' AND ${seenIn('$1')}
      ORDER BY raised_at DESC, id DESC
      LIMIT $2::int`,
    [scope, MOST_AT_ONCE],
  )
  return rows.map(alarmOf)
}

/** False: somebody had done it. */
export async function acknowledge(tx: Transaction, id: number, by: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE alarms SET acknowledged_at = now(), acknowledged_by = $2
      WHERE id = $1::bigint AND acknowledged_at IS NULL`,
    [id, by],
  )
  return rowCount === 1
}

export async function purgeAlarms(db: Queryable, keepDays: number): Promise<void> {
  await db.query(`DELETE FROM alarms WHERE expires_at < now() - $1::int * interval '1 day'`, [keepDays])
}

/** As it is told to somebody with this scope. */
export function shown({ language: _language, within, ...alarm }: StoredAlarm, scope: Scope): Alarm {
  return { ...alarm, isWhollyOwn: inScope(within, scope) }
}

function alarmOf({ raisedAt, expiresAt, acknowledgedAt, ...row }: AlarmRow): StoredAlarm {
  return {
    ...row,
    raisedAt: raisedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  }
}
