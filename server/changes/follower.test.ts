import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Change } from '../../domain/change.ts'
import type { Database } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { ChangeFollower } from './follower.ts'

const note = (db: Pick<Database, 'query'>, key: string) =>
  db.query(`INSERT INTO changes (topic, key) VALUES ('test', $1)`, [key])

describeOnEachDatabase('the follower of the outbox', (db, kind) => {
  let follower: ChangeFollower
  let told: Change[]
  let losses: number
  let warnings: number
  const keys = () => told.map(({ key }) => key)

  beforeEach(async () => {
    await db().query('DELETE FROM changes')
    told = []
    losses = 0
    warnings = 0
    follower = new ChangeFollower(db(), {
      warn: () => {
        warnings += 1
      },
    })
    await follower.start()
    follower.subscribe({
      changed: (changes) => told.push(...changes),
      lost: () => {
        losses += 1
      },
    })
  })
  afterEach(() => follower.close())

  it('tells every change once, also without a hint', async () => {
    for (let n = 0; n < 5; n++) await note(db(), String(n))
    await expect.poll(keys, { timeout: 3000 }).toEqual(['0', '1', '2', '3', '4'])
    await new Promise((resolve) => setTimeout(resolve, 900))
    expect(told).toHaveLength(5)
    expect(told[0]).toMatchObject({ topic: 'test', key: '0', areaCode: '' })
  })

  it('tells thousands from one transaction in their order', async () => {
    await db().query(
      `INSERT INTO changes (topic, key) SELECT 'test', n::text FROM generate_series(1, 12000) n`,
    )
    await expect.poll(() => told.length, { timeout: 5000 }).toBe(12_000)
    expect(keys()).toEqual(Array.from({ length: 12_000 }, (_, n) => String(n + 1)))
  })

  it('passes over what a dump of another server brought, and removes it at the next start', async () => {
    await db().query(`INSERT INTO changes (topic, key, xid) VALUES ('test', 'foreign', '4000000000'::xid8)`)
    await note(db(), 'own')
    await expect.poll(keys, { timeout: 3000 }).toEqual(['own'])
    const next = new ChangeFollower(db(), { warn: () => undefined })
    await next.start()
    await next.close()
    const { rows } = await db().query<{ key: string }>('SELECT key FROM changes')
    expect(rows.map(({ key }) => key)).toEqual(['own'])
  })

  it('says that nothing is missing when old changes cannot be removed', async () => {
    await db().query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not now'; END $$`)
    await db().query(`INSERT INTO changes (topic, key, at) VALUES ('test', 'old', now() - interval '9 days')`)
    await db().query(`CREATE TRIGGER refuse BEFORE DELETE ON changes FOR EACH ROW EXECUTE FUNCTION refuse()`)
    let warned = 0
    const next = new ChangeFollower(db(), {
      warn: () => {
        warned += 1
      },
    })
    let lost = 0
    const heard: (string | null)[] = []
    next.subscribe({
      changed: (changes) => heard.push(...changes.map(({ key }) => key)),
      lost: () => {
        lost += 1
      },
    })
    await next.start()
    await expect.poll(() => warned, { timeout: 3000 }).toBe(1)
    await note(db(), 'behind it')
    await expect.poll(() => heard, { timeout: 3000 }).toContain('behind it')
    expect(lost).toBe(0)
    await next.close()
    await db().query('DROP FUNCTION refuse CASCADE')
  })

  it('keeps a week of changes', async () => {
    await db().query(`INSERT INTO changes (topic, key, at) VALUES
      ('test', 'old', now() - interval '9 days'), ('test', 'recent', now() - interval '7 days')`)
    const next = new ChangeFollower(db(), { warn: () => undefined })
    await next.start()
    const kept = async () =>
      (await db().query<{ key: string }>('SELECT key FROM changes')).rows.map((row) => row.key)
    await expect.poll(kept, { timeout: 3000 }).toEqual(['recent'])
    await next.close()
  })

  // The embedded database runs one transaction after another
  it.skipIf(kind === 'embedded')(
    'tells what commits while a long transaction runs, and what that one writes when it commits',
    async () => {
      let commit: () => void = () => undefined
      const held = new Promise<void>((resolve) => {
        commit = resolve
      })
      const long = db().transaction(async (tx) => {
        await note(tx, 'early, commits late')
        await held
      })
      await note(db(), 'while it runs')
      await expect.poll(keys, { timeout: 3000 }).toEqual(['while it runs'])
      commit()
      await long
      await note(db(), 'after')
      await expect.poll(keys, { timeout: 3000 }).toEqual(['while it runs', 'early, commits late', 'after'])
    },
  )

  it.skipIf(kind === 'embedded')(
    'goes on when the connections to the database are cut, and says that something may be missing',
    async () => {
      const stall = db().query('SELECT pg_sleep(0.05)')
      await stall
      // Cut again and again until it falls into a reading
      while (warnings === 0) {
        await db()
          .query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()`)
          .catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      await expect.poll(() => losses, { timeout: 10_000 }).toBeGreaterThan(0)
      await note(db(), 'afterwards')
      await expect.poll(() => keys().at(-1), { timeout: 3000 }).toBe('afterwards')
    },
  )
})
