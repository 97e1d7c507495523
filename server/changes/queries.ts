import type { Change } from '../../domain/change.ts'
import {
  formatSnapshot,
  type Position,
  parseSnapshot,
  type Snapshot,
  settle,
} from '../../domain/live/position.ts'
import type { Queryable } from '../database/database.ts'

/**
 * Tells databases apart: the server's own number, and which of its databases. A copy of the files has the same;
 * whoever comes from it is found out by the changes that it names (see `knowsPosition`).
 */
const EPOCH = `(SELECT system_identifier::text FROM pg_control_system()) || '.' ||
            (SELECT oid::text FROM pg_database WHERE datname = current_database())`

const SECOND = `floor(extract(epoch FROM changes.at))::bigint`

/** Where somebody stands who has seen everything that is visible at this moment. */
export async function positionNow(db: Queryable): Promise<Position> {
  const { rows } = await db.query<{ epoch: string; snapshot: string; xid: string | null; at: number }>(
    `WITH moment AS MATERIALIZED (SELECT pg_current_snapshot() AS snapshot)
     SELECT ${EPOCH} AS epoch, moment.snapshot::text AS snapshot, newest.xid::text AS xid,
            coalesce(newest.at, extract(epoch FROM now())::bigint) AS at
       FROM moment
       LEFT JOIN LATERAL (
         SELECT xid, ${SECOND} AS at FROM changes
          WHERE pg_visible_in_snapshot(xid, moment.snapshot)
          ORDER BY xid DESC, seq DESC
          LIMIT 1
       ) newest ON true`,
  )
  const { epoch, snapshot, xid, at } = rows[0]!
  return { epoch, at, snapshot: settle(parseSnapshot(snapshot)!, xid === null ? 0n : BigInt(xid)) }
}

export interface News {
  epoch: string
  /** what was visible when they were read; not settled */
  snapshot: Snapshot
  changes: Change[]
  /** the second of the last one; null without changes */
  lastAt: number | null
}

/** At most `limit` changes that `seen` does not hold and that are visible now, in the order of their transactions. */
export async function changesBehind(db: Queryable, seen: Snapshot, limit: number): Promise<News> {
  const { rows } = await db.query<
    { epoch: string; snapshot: string; at: number } & Omit<Change, 'seq'> & { seq: number | null }
  >(
    `WITH moment AS MATERIALIZED (SELECT pg_current_snapshot() AS snapshot)
     SELECT ${EPOCH} AS epoch, moment.snapshot::text AS snapshot, news.xid::text AS xid, news.seq, news.topic,
            news.key, news.area_code AS "areaCode", news.department_code AS "departmentCode", news.at
       FROM moment
       LEFT JOIN LATERAL (
         SELECT xid, seq, topic, key, area_code, department_code, ${SECOND} AS at
           FROM changes
          WHERE xid >= pg_snapshot_xmin($1::pg_snapshot)
            AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot)
            AND pg_visible_in_snapshot(xid, moment.snapshot)
          ORDER BY xid, seq
          LIMIT $2::int
       ) news ON true
      ORDER BY news.xid, news.seq`,
    [formatSnapshot(seen), limit],
  )
  const { epoch, snapshot } = rows[0]!
  const changes = rows.flatMap(({ xid, seq, topic, key, areaCode, departmentCode }) =>
    seq === null ? [] : [{ xid, seq, topic, key, areaCode, departmentCode }],
  )
  return {
    epoch,
    snapshot: parseSnapshot(snapshot)!,
    changes,
    lastAt: changes.length > 0 ? rows.at(-1)!.at : null,
  }
}

/** Whether the newest change that a position has seen stands here still, as it was: if so it is of this history. */
export async function knowsPosition(db: Queryable, { at, snapshot }: Position): Promise<boolean> {
  // Before the first change there is nothing that could be missing
  if (snapshot.end === 1n) return true
  const { rows } = await db.query<{ knows: boolean }>(
    `SELECT EXISTS (SELECT FROM changes
                     WHERE xid = $1::xid8 AND ${SECOND} = $2::bigint
                       AND pg_visible_in_snapshot(xid, pg_current_snapshot())) AS knows`,
    [String(snapshot.end - 1n), at],
  )
  return rows[0]!.knows
}

/** Removes what nobody can be behind on any more. */
export async function purgeChanges(db: Queryable, keepDays: number): Promise<void> {
  await db.query(`DELETE FROM changes WHERE at < now() - $1::int * interval '1 day'`, [keepDays])
}

/**
 * Removes rows of transactions that this server has not begun yet: they came with a dump of another one, and
 * would be taken for news once its counter gets there. A row that is visible and below the snapshot's end is
 * this server's own.
 */
export async function purgeForeignChanges(db: Queryable): Promise<void> {
  await db.query('DELETE FROM changes WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())')
}
