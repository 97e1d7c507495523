import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Queryable } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { systemAsker } from './askers.ts'
import { HeadFile } from './head-file.ts'
import { purgeAudit } from './purge.ts'
import { recordAudit } from './record.ts'
import { verifyAudit } from './verify.ts'

const DAY_MS = 86_400_000
const LONG = 120_000

describeOnEachDatabase('the chain of the audit', (db) => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-test-'))
    file = join(folder, 'heads.jsonl')
    await db().query(`ALTER TABLE audit DISABLE TRIGGER USER`)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  beforeEach(async () => {
    await db().query(`TRUNCATE audit, audit_heads`)
    await rm(file, { force: true })
  })

  /** `rows` rows on each of the days so long ago. */
  async function write(daysAgo: readonly number[], rows = 4): Promise<void> {
    const now = Date.now()
    try {
      for (const days of daysAgo) {
        // Only the clock: timers go on for the database
        vi.useFakeTimers({ now: now - days * DAY_MS, toFake: ['Date'] })
        for (let i = 0; i < rows; i++) await one(i)
      }
    } finally {
      vi.useRealTimers()
    }
  }
  const one = (i: number) =>
    db().transaction((tx) =>
      recordAudit(tx, {
        ...systemAsker('王\ud800 \0"\\'),
        action: 'incident.report',
        subject: `incident ${i}`,
        outcome: 'done',
        before: { text: '井盖\u0000\ud800', n: 1e21 },
        after: [i, null, '\u2028'],
      }),
    )
  const dayAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)
  const tampering = async () => (await verifyAudit(db(), file)).tampering
  const setHead = (tx: Queryable) =>
    tx.query(
      `UPDATE audit_heads SET seq = a.seq, hash = a.hash
         FROM (SELECT DISTINCT ON (day) day, seq, hash FROM audit ORDER BY day, seq DESC) a
        WHERE a.day = audit_heads.day`,
    )

  it('is whole as it was written, whatever was written', async () => {
    expect(await verifyAudit(db(), file)).toMatchObject({ rows: 0, tampering: [], shippedHeads: null })
    await write([3, 2, 0])
    await new HeadFile(db(), file).append()
    expect(await verifyAudit(db(), file)).toMatchObject({
      rows: 12,
      days: 3,
      purgedDays: 0,
      shippedHeads: 3,
      tampering: [],
    })
  })

  it('goes on where several write at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => one(i)))
    expect(await verifyAudit(db(), file)).toMatchObject({ rows: 20, tampering: [] })
  })

  it.each([
    ['an edit', `UPDATE audit SET actor_name = 'li' WHERE day = $1 AND seq = 2`, 2],
    [
      'an edit that moves a space',
      `UPDATE audit SET after = '[1, null,"\u2028"]' WHERE day = $1 AND seq = 2`,
      2,
    ],
    ['a deletion', `DELETE FROM audit WHERE day = $1 AND seq = 2`, 2],
    ['a deletion of the first row', `DELETE FROM audit WHERE day = $1 AND seq = 1`, 1],
    ['a cut end', `DELETE FROM audit WHERE day = $1 AND seq > 2`, 3],
    ['a whole day that is gone', `DELETE FROM audit WHERE day = $1`, null],
    [
      'a row added behind',
      `INSERT INTO audit SELECT day, 5, at, actor_kind, actor_id, actor_name, actor_role, address, action, subject,
              outcome, before, after, hash FROM audit WHERE day = $1 AND seq = 4`,
      5,
    ],
  ])('tells %s by day and row', async (_, sql, seq) => {
    await write([3, 2, 0])
    await db().query(sql, [dayAgo(2)])
    expect((await tampering())[0]).toMatchObject({ day: dayAgo(2), seq })
  })

  it('tells a day that is gone with its head, at the day that follows', async () => {
    await write([3, 2, 0])
    for (const table of ['audit', 'audit_heads'])
      await db().query(`DELETE FROM ${table} WHERE day = $1`, [dayAgo(2)])
    expect(await tampering()).toMatchObject([{ day: dayAgo(0), seq: 1 }])
  })

  it('tells a cut tail whose head was set back, and a chain that was computed anew, by the head file', async () => {
    await write([1, 0])
    await new HeadFile(db(), file).append()
    await db().query(`DELETE FROM audit WHERE day = $1 AND seq > 2`, [dayAgo(0)])
    await setHead(db())
    expect(await tampering()).toMatchObject([{ day: dayAgo(0), seq: 3 }])
    await db().query(`TRUNCATE audit, audit_heads`)
    await write([1, 0], 5)
    expect((await tampering()).map(({ day, seq }) => [day, seq])).toEqual([
      [dayAgo(1), 4],
      [dayAgo(0), 4],
    ])
    await db().query(`TRUNCATE audit, audit_heads`)
    expect((await tampering()).map(({ day }) => day)).toEqual([dayAgo(1), dayAgo(0)])
  })

  it('verifies after days were let go by age, and not after others were', async () => {
    await write([200, 190, 179, 0])
    const old = async () => (await verifyAudit(db(), file)).purgedDays
    await new HeadFile(db(), file).append()
    await purgeAudit(db(), 180)
    expect([await tampering(), await old()]).toEqual([[], 2])
    const { rows } = await db().query<{ after: unknown }>(
      `SELECT after FROM audit WHERE action = 'audit.purge'`,
    )
    expect(rows).toEqual([{ after: { from: dayAgo(200), through: dayAgo(190), rows: 8 } }])
    // Nothing is left to go: nothing is written
    await purgeAudit(db(), 180)
    expect((await verifyAudit(db(), file)).rows).toBe(9)
    await db().query(`DELETE FROM audit WHERE day = $1`, [dayAgo(179)])
    expect(await tampering()).toMatchObject([{ day: dayAgo(179), seq: null }])
  })

  it('does not take a deletion for a purge that nobody wrote down', async () => {
    await write([200, 0])
    await db().query(`DELETE FROM audit WHERE day = $1`, [dayAgo(200)])
    expect(await tampering()).toMatchObject([{ day: dayAgo(200), seq: null }])
  })

  it('lets nobody delete what is younger than 180 days, or change anything', async () => {
    await write([181, 179])
    await db().query(`ALTER TABLE audit ENABLE TRIGGER USER`)
    try {
      await expect(db().query(`DELETE FROM audit WHERE day = $1`, [dayAgo(179)])).rejects.toThrow('180 days')
      await expect(db().query(`UPDATE audit SET subject = 'x'`)).rejects.toThrow('append-only')
      expect((await db().query(`DELETE FROM audit WHERE day = $1`, [dayAgo(181)])).rowCount).toBe(4)
    } finally {
      await db().query(`ALTER TABLE audit DISABLE TRIGGER USER`)
    }
  })

  it('has its heads appended to a file, each once, also behind a line that was cut off', async () => {
    await write([1])
    const heads = new HeadFile(db(), file)
    await heads.append()
    await heads.append()
    await write([0])
    await heads.append()
    const lines = async () => (await readFile(file, 'utf8')).trim().split('\n')
    expect((await lines()).map((line) => JSON.parse(line))).toMatchObject([
      { day: dayAgo(1), seq: 4 },
      { day: dayAgo(0), seq: 4 },
    ])
    await appendFile(file, '{"day":"20')
    await one(9)
    await new HeadFile(db(), file).append()
    expect(await lines()).toHaveLength(4)
    expect(await verifyAudit(db(), file)).toMatchObject({
      shippedHeads: 3,
      unreadableLines: 0,
      tampering: [],
    })
    await appendFile(file, 'no head at all\n')
    expect(await verifyAudit(db(), file)).toMatchObject({ unreadableLines: 1, tampering: [] })
    const [first, ...others] = await lines()
    const other = first!.replace(/"hash":"(.)/, (_, digit) => `"hash":"${digit === '0' ? 1 : 0}`)
    await writeFile(file, [other, ...others].join('\n'))
    expect(await tampering()).toMatchObject([{ day: dayAgo(1), seq: 4 }])
  })

  it(
    'is found to be another one after any change to it',
    async () => {
      await write([5, 4, 1, 0])
      await new HeadFile(db(), file).append()
      const days = [5, 4, 1, 0].map(dayAgo)
      const seq = fc.integer({ min: 1, max: 4 })
      const text = fc.string({ minLength: 1 }).filter((one) => !one.includes('\0'))
      const change = fc.oneof(
        fc.record({
          what: fc.constantFrom(
            'actor_name',
            'actor_kind',
            'action',
            'subject',
            'address',
            'actor_role',
            'at',
          ),
          seq,
          text,
        }),
        fc.record({
          what: fc.constantFrom('before', 'after'),
          seq,
          text: fc.jsonValue().map((v) => JSON.stringify(v)),
        }),
        fc.record({
          what: fc.constantFrom('delete', 'cut', 'cut with head', 'hash', 'day', 'day with head'),
          seq,
        }),
        fc.record({ what: fc.constantFrom('swap', 'insert'), seq, other: seq }),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...days), change, async (day, made) => {
          const undo = new Error('undo')
          const found = db().transaction(async (tx) => {
            const before = await fingerprint(tx)
            await tamper(tx, day, made)
            if ((await fingerprint(tx)) === before) throw undo
            const verdict = await verifyAudit(
              { ...db(), transaction: async (work) => work(within(tx)) },
              file,
            )
            expect(verdict.tampering.length).toBeGreaterThan(0)
            throw undo
          })
          await expect(found).rejects.toBe(undo)
        }),
        { numRuns: 100 },
      )
      expect(await tampering()).toEqual([])
    },
    LONG,
  )

  /** Inside a transaction that has written: it cannot be made to look at one moment only. */
  const within = <Tx extends Queryable>(tx: Tx): Tx => ({
    ...tx,
    query: (sql: string, values?: never) =>
      sql.startsWith('SET TRANSACTION') ? { rows: [], rowCount: 0 } : tx.query(sql, values),
  })

  async function fingerprint(tx: Queryable): Promise<string> {
    const { rows } = await tx.query<{ all: string }>(
      `SELECT coalesce(string_agg(audit::text, '|' ORDER BY day, seq), '') AS all FROM audit`,
    )
    return rows[0]!.all
  }

  interface Change {
    what: string
    seq: number
    text?: string
    other?: number
  }

  async function tamper(tx: Queryable, day: string, { what, seq, text, other }: Change): Promise<void> {
    const at = [day, seq]
    if (what === 'delete') await tx.query(`DELETE FROM audit WHERE day = $1 AND seq = $2`, at)
    else if (what === 'hash') {
      await tx.query(`UPDATE audit SET hash = sha256(hash) WHERE day = $1 AND seq = $2`, at)
    } else if (what.startsWith('cut')) {
      await tx.query(`DELETE FROM audit WHERE day = $1 AND seq > $2`, at)
      if (what === 'cut with head') await setHead(tx)
    } else if (what.startsWith('day')) {
      await tx.query(`DELETE FROM audit WHERE day = $1`, [day])
      if (what === 'day with head') await tx.query(`DELETE FROM audit_heads WHERE day = $1`, [day])
    } else if (what === 'swap') {
      await tx.query(`UPDATE audit SET seq = seq + 100 WHERE day = $1 AND seq IN ($2::int, $3::int)`, [
        ...at,
        other!,
      ])
      await tx.query(
        `UPDATE audit SET seq = CASE seq WHEN $2::int + 100 THEN $3::int ELSE $2::int END WHERE day = $1 AND seq > 100`,
        [...at, other!],
      )
    } else if (what === 'insert') {
      await tx.query(`UPDATE audit SET seq = seq + 100 WHERE day = $1 AND seq >= $2`, at)
      await tx.query(`UPDATE audit SET seq = seq - 99 WHERE day = $1 AND seq > 100`, [day])
      await tx.query(
        `INSERT INTO audit SELECT day, $2, at, actor_kind, actor_id, actor_name, actor_role, address, action, subject,
                outcome, before, after, hash FROM audit WHERE day = $1 AND seq = $3`,
        [...at, other! === seq ? seq + 1 : other!],
      )
    } else {
      const cast = what === 'before' || what === 'after' ? '::json' : ''
      await tx.query(`UPDATE audit SET ${what} = $3${cast} WHERE day = $1 AND seq = $2`, [...at, text!])
    }
  }
})
