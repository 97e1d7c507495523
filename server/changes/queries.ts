import type { Change } from '../../domain/change.ts'
import type { Queryable } from '../database/database.ts'

/** Every transaction below it has ended. A 64-bit number. */
export async function oldestRunning(db: Queryable): Promise<bigint> {
  const { rows } = await db.query<{ xmin: string }>(
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin',
  )
  return BigInt(rows[0]!.xmin)
}

/** At most `limit` changes behind (xid, seq), and the transactions that were running at that moment. */
export async function changesBehind(
  db: Queryable,
  xid: bigint,
  seq: number,
  limit: number,
): Promise<{ oldestRunning: bigint; changes: Change[] }> {
  const { rows } = await db.query<{ xmin: string } & { [Field in keyof Change]: Change[Field] | null }>(
    `WITH moment AS MATERIALIZED (
       SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin,
              pg_snapshot_xmax(pg_current_snapshot()) AS xmax
     )
     SELECT moment.xmin::text AS xmin, page.xid::text AS xid, page.seq, page.topic, page.key,
            page.area_code AS "areaCode"
       FROM moment
       LEFT JOIN LATERAL (
         SELECT * FROM changes
          WHERE (changes.xid, changes.seq) > ($1::xid8, $2::bigint) AND changes.xid < moment.xmax
          ORDER BY changes.xid, changes.seq
          LIMIT $3::int
       ) page ON true
      ORDER BY page.xid, page.seq`,
    [String(xid), seq, limit],
  )
  const changes = rows.filter((row): row is { xmin: string } & Change => row.seq !== null)
  return { oldestRunning: BigInt(rows[0]!.xmin), changes }
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
