import { setTimeout as sleep } from 'node:timers/promises'
import { STATUSES } from '../../domain/incident.ts'
import type { Queryable } from '../database/database.ts'

export const random = (least: number, most: number) => least + Math.floor(Math.random() * (most - least + 1))
export const oneOf = <T>(choices: readonly T[]) => choices[random(0, choices.length - 1)]!

/** Cases that follow each other anywhere in the table, but for those that another transaction is at. */
const SOME = `ARRAY(SELECT id FROM incidents
                      WHERE id >= (SELECT floor(random() * max(id))::bigint FROM incidents)
                      ORDER BY id
                      LIMIT $1::int
                        FOR UPDATE SKIP LOCKED)`

/** How many cases were changed, by what. */
export type Written = Record<keyof typeof WRITES, number>

const WRITES = {
  insert: (tx: Queryable, count: number) =>
    tx.query(
      `INSERT INTO incidents (number, category_code, geom, area_code, reported_at)
       SELECT gen_random_uuid()::text, 'road', ST_SetSRID(ST_MakePoint(116, 39), 4326), '110101001001', now()
         FROM generate_series(1, $1::int)`,
      [count],
    ),
  // One that moves is recorded twice: for where it stood too
  update: (tx: Queryable, count: number) =>
    tx.query(
      `UPDATE incidents
          SET status = ($2::text[])[1 + floor(random() * cardinality($2::text[]))::int],
              level = 1 + floor(random() * 4)::int,
              area_code = CASE WHEN random() < 0.2 THEN '110101002001' ELSE area_code END
        WHERE id = ANY (${SOME})`,
      [count, STATUSES],
    ),
  remove: (tx: Queryable, count: number) =>
    tx.query(`DELETE FROM incidents WHERE id = ANY (${SOME})`, [count]),
}

/** For tests: up to twice `most` cases, and now and then none after all. */
export async function writeSome(tx: Queryable, most: number): Promise<Written> {
  const done = { insert: 0, update: 0, remove: 0 }
  for (let left = random(1, 2); left > 0; left--) {
    const name = oneOf(['insert', 'insert', 'update', 'update', 'remove'] as const)
    done[name] += (await WRITES[name](tx, random(1, most))).rowCount
  }
  if (random(1, 20) === 1) throw new Error('thought better of it')
  return done
}

/** For tests: begins before others, commits behind them. */
export async function writeLate(tx: Queryable): Promise<Written> {
  const insert = await WRITES.insert(tx, 20)
  const update = await WRITES.update(tx, 10)
  await sleep(random(100, 900))
  const remove = await WRITES.remove(tx, 10)
  return { insert: insert.rowCount, update: update.rowCount, remove: remove.rowCount }
}
