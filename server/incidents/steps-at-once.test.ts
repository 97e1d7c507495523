import { expect, it } from 'vitest'
import type { Queryable } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'

describeOnEachDatabase('steps of one case', (db, kind) => {
  const step = (tx: Queryable, id: number, at: string, status: string) =>
    tx.query(
      `INSERT INTO transitions (incident_id, at, actor, from_status, to_status)
       VALUES ($1::bigint, $2::timestamptz, 'li', 'reported', $3)`,
      [id, at, status],
    )

  // The embedded database runs one transaction after another
  it.skipIf(kind === 'embedded')('written at the same moment give the status of the later one', async () => {
    await db().query(`INSERT INTO categories (code, name) VALUES ('01', 'one')`)
    const { rows } = await db().query<{ id: number }>(
      `INSERT INTO incidents (number, category_code, geom, reported_at)
       VALUES ('1', '01', ST_SetSRID(ST_MakePoint(1, 1), 4326), '2026-01-01T08:00:00Z') RETURNING id`,
    )
    const { id } = rows[0]!
    let second: Promise<unknown> = Promise.resolve()
    await db().transaction(async (tx) => {
      await step(tx, id, '2026-01-01T12:00:00Z', 'closed')
      second = db().transaction((other) => step(other, id, '2026-01-01T11:00:00Z', 'handled'))
      const waiting = async () =>
        (
          await db().query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )
        ).rows.length > 0
      await expect.poll(waiting, { timeout: 5000 }).toBe(true)
    })
    await second
    const { rows: cases } = await db().query('SELECT status, closed_at AS "closedAt" FROM incidents')
    expect(cases).toEqual([{ status: 'closed', closedAt: new Date('2026-01-01T12:00:00Z') }])
  })
})
