import { expect, it } from 'vitest'
import { systemAsker } from '../audit/askers.ts'
import type { Database } from './database.ts'
import { emptyDatabaseAndAudit, listHeldTables } from './empty-database.ts'
import { moveDatabase } from './move-database.ts'
import { describeOnEachDatabase } from './test-database.ts'
import { lendEmbeddedDatabase } from './test-embedded.ts'

/** A little of what is hard to carry: parents after children, nulls, odd characters, shapes, histories. */
async function fill(db: Database): Promise<void> {
  await db.query(
    `INSERT INTO areas (code, level, name, parent_code) VALUES ('110101', 'district', '东 "城"\t区', NULL),
            ('110101001', 'street', 'a\\b\nc', '110101')`,
  )
  await db.query(
    `INSERT INTO grids (code, valid_from, area_code, name, households, geom)
     VALUES ('110101001001001', '2020-01-01', '110101001', 'one', 7,
             ST_Multi(ST_MakeEnvelope(116.1234567, 39.7654321, 116.2, 39.8, 4326)))`,
  )
  await db.query(
    `INSERT INTO categories (code, name, parent_code) VALUES ('01', 'upper', NULL), ('0101', 'lower', '01')`,
  )
  await db.query(
    `INSERT INTO incidents (number, category_code, geom, reported_at, grid_now, area_code)
     SELECT 'n' || i, '0101', ST_SetSRID(ST_MakePoint(116.15, 39.78), 4326), timestamptz '2024-05-01 08:00:00.123456Z',
            '110101001001001', '110101001'
       FROM generate_series(1, 7000) AS i`,
  )
  await db.query(
    `INSERT INTO transitions (incident_id, at, actor, to_status)
     SELECT id, reported_at, 'test', 'reported' FROM incidents`,
  )
  await db.query(
    `INSERT INTO transitions (incident_id, at, actor, from_status, to_status)
     SELECT id, reported_at + interval '1 hour', 'test', 'reported', 'closed' FROM incidents WHERE id % 3 = 0`,
  )
}

/** Two databases are made and filled in each test: seconds on a machine that does nothing else. */
const LONG = 120_000
const ASKER = systemAsker('test')

describeOnEachDatabase('moving the embedded database', (to) => {
  it('carries every row, once; what follows goes on counting', { timeout: LONG }, async () => {
    const source = await lendEmbeddedDatabase()
    try {
      await fill(source.db)
      const moved = await moveDatabase(source.db, to(), ASKER)
      expect(
        Object.fromEntries(moved.filter(({ rows }) => rows > 0).map(({ name, rows }) => [name, rows])),
      ).toEqual({
        areas: 2,
        grids: 1,
        categories: 2,
        incidents: 7000,
        transitions: 9333,
      })
      const { rows } = await to().query(`SELECT name FROM areas ORDER BY code`)
      expect(rows).toEqual([{ name: '东 "城"\t区' }, { name: 'a\\b\nc' }])
      const counted = await to().query(
        `SELECT status, count(*) AS n FROM incidents GROUP BY status ORDER BY status`,
      )
      expect(counted.rows).toEqual([
        { status: 'closed', n: 2333 },
        { status: 'reported', n: 4667 },
      ])
      const next = await to().query(
        `INSERT INTO incidents (number, category_code, geom, reported_at)
         VALUES ('next', '0101', ST_SetSRID(ST_MakePoint(0.5, 0.5), 4326), now()) RETURNING id`,
      )
      expect(next.rows).toEqual([{ id: 7001 }])
      await expect(
        to().query(
          `INSERT INTO transitions (incident_id, at, actor, to_status) VALUES (-1, now(), 'x', 'filed')`,
        ),
      ).rejects.toThrow()
      await expect(moveDatabase(source.db, to(), ASKER)).rejects.toThrow(/not empty.+npm run reset/)
    } finally {
      await source.drop()
    }
  })

  it('leaves nothing when it is cut off, and can be repeated', { timeout: LONG }, async () => {
    await emptyDatabaseAndAudit(to())
    expect(await listHeldTables(to())).toEqual([])
    const source = await lendEmbeddedDatabase()
    try {
      await fill(source.db)
      const cutOff = moveDatabase(source.db, to(), ASKER, (name, rows) => {
        if (name === 'incidents' && rows > 0) throw new Error('cut off')
      })
      await expect(cutOff).rejects.toThrow('cut off')
      expect(await listHeldTables(to())).toEqual([])
      await moveDatabase(source.db, to(), ASKER)
      const held = await listHeldTables(to())
      expect(held.map(({ table }) => table.name)[0]).toBe('transitions')
    } finally {
      await source.drop()
    }
  })

  it('is refused when somebody writes meanwhile, and leaves nothing', { timeout: LONG }, async () => {
    await emptyDatabaseAndAudit(to())
    const source = await lendEmbeddedDatabase()
    try {
      await source.db.query(`INSERT INTO areas (code, level, name) VALUES ('110101', 'district', 'old')`)
      let writing: Promise<unknown> | undefined
      const moving = moveDatabase(source.db, to(), ASKER, (name) => {
        if (name === 'incidents') writing ??= source.db.query(`UPDATE areas SET name = 'new'`)
      })
      await expect(moving).rejects.toThrow(
        /^The table areas did not arrive as it was \(1 rows, .*\): nothing was written\. Stop whatever writes/,
      )
      await writing
      expect(await listHeldTables(to())).toEqual([])
    } finally {
      await source.drop()
    }
  })
})
