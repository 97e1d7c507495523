import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Database } from './database.ts'
import { SqlError } from './sql-error.ts'
import { describeOnEachDatabase } from './test-database.ts'

async function* inChunks(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => new Error('did not fail'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SqlError)
  return (error as SqlError).code
}

/** Waits for something that another connection causes. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 100; tries += 1) await new Promise((next) => setTimeout(next, 50))
}

describeOnEachDatabase('a database', (db) => {
  it('gives each type back as the contract says', async () => {
    const { rows } = await db().query(
      `SELECT 9007199254740991::int8 AS int8, 1.25::numeric AS numeric, 0.1::float4 AS float4, 7::int2 AS int2,
              date '2024-02-29' AS date, timestamptz '2024-02-29 08:00:00.123+08' AS timestamptz,
              timestamptz '0044-03-15 12:00:00+00 BC' AS before_christ, true AS bool, NULL::int AS nothing,
              '{"a": [1, null]}'::jsonb AS jsonb, '[1]'::json AS json, '\\x00ff10'::bytea AS bytea,
              'NaN'::float8 AS nan, '-Infinity'::numeric AS infinity, 'text' AS text, ''::text AS empty,
              '12345'::xid8 AS xid8`,
      [],
    )
    expect(rows[0]).toEqual({
      int8: 9007199254740991,
      numeric: 1.25,
      float4: 0.1,
      int2: 7,
      date: '2024-02-29',
      timestamptz: new Date('2024-02-29T00:00:00.123Z'),
      before_christ: new Date('-000043-03-15T12:00:00Z'),
      bool: true,
      nothing: null,
      jsonb: { a: [1, null] },
      json: [1],
      bytea: Buffer.from([0, 255, 16]),
      nan: Number.NaN,
      infinity: Number.NEGATIVE_INFINITY,
      text: 'text',
      empty: '',
      xid8: '12345',
    })
  })

  it('gives arrays back as arrays of these', async () => {
    const { rows } = await db().query(
      `SELECT ARRAY[1, NULL, 3]::int8[] AS int8s, ARRAY[1.5, 2]::numeric[] AS numerics,
              ARRAY['a"b', 'c,d', '{e}', 'back\\slash', NULL, 'NULL', '', ' 网格 ']::text[] AS texts,
              ARRAY[[1, 2], [3, 4]] AS nested, '{}'::int4[] AS empty, ARRAY[true, false] AS bools,
              ARRAY[date '2024-01-01'] AS dates, ARRAY[timestamptz '2024-01-01 00:00Z'] AS times,
              ARRAY['\\x01'::bytea] AS bytes, ARRAY['{"a":"b,c"}'::jsonb] AS jsons`,
    )
    expect(rows[0]).toEqual({
      int8s: [1, null, 3],
      numerics: [1.5, 2],
      texts: ['a"b', 'c,d', '{e}', 'back\\slash', null, 'NULL', '', ' 网格 '],
      nested: [
        [1, 2],
        [3, 4],
      ],
      empty: [],
      bools: [true, false],
      dates: ['2024-01-01'],
      times: [new Date('2024-01-01T00:00:00Z')],
      bytes: [Buffer.from([1])],
      jsons: [{ a: 'b,c' }],
    })
  })

  it('takes each kind of parameter', async () => {
    const bytes = randomBytes(20_000)
    const { rows } = await db().query(
      `SELECT $1::text AS text, $2::int8 AS number, $3::bool AS bool, $4::timestamptz AS time, $5::bytea AS bytes,
              $6::text[] AS texts, $7::float8[] AS numbers, $8::timestamptz[] AS times, $9::bytea[] AS bytess,
              $10::int AS nothing, $11::jsonb AS json, $12::text[] AS none, ST_AsText($13::geometry) AS wkb`,
      [
        '网格 \' " \\',
        42,
        true,
        new Date('2024-05-06T07:08:09.010Z'),
        bytes,
        ['a', null, 'b"c\\', '{}'],
        [1.5, Number.NaN],
        [new Date(0)],
        [Buffer.from([1, 2])],
        null,
        JSON.stringify({ a: 1 }),
        [],
        Buffer.from('010100000000000000000000000000000000000000', 'hex'),
      ],
    )
    expect(rows[0]).toEqual({
      text: '网格 \' " \\',
      number: 42,
      bool: true,
      time: new Date('2024-05-06T07:08:09.010Z'),
      bytes,
      texts: ['a', null, 'b"c\\', '{}'],
      numbers: [1.5, Number.NaN],
      times: [new Date(0)],
      bytess: [Buffer.from([1, 2])],
      nothing: null,
      json: { a: 1 },
      none: [],
      wkb: 'POINT(0 0)',
    })
  })

  it('counts the rows a statement changed', async () => {
    await db().query('CREATE TABLE counted (n int)')
    expect((await db().query('INSERT INTO counted SELECT generate_series(1, 5)')).rowCount).toBe(5)
    expect((await db().query('UPDATE counted SET n = 0 WHERE n > $1', [3])).rowCount).toBe(2)
    expect(await db().query('DELETE FROM counted RETURNING n', [])).toMatchObject({ rowCount: 5 })
    expect(await db().query('SELECT n FROM counted', [])).toEqual({ rows: [], rowCount: 0 })
  })

  it('explains a refused statement by its SQLSTATE and constraint', async () => {
    const refused = db().query(`INSERT INTO areas (code, level, name) VALUES ('1', 'planet', 'x')`)
    await expect(refused).rejects.toMatchObject({
      code: '23514',
      constraint: 'areas_level_check',
      table: 'areas',
    })
    expect(await codeOf(db().query('SELECT 1 FROM nowhere'))).toBe('42P01')
    expect(await codeOf(db().query('SELECT $1::int', ['x']))).toBe('22P02')
  })

  it('never gives one asker the answer of another, with errors among 2,000 at once', async () => {
    const asked = Array.from({ length: 2000 }, async (_, i) => {
      if (i % 7 === 0) return codeOf(db().query('SELECT $1::int / 0 AS n', [i]))
      if (i % 11 === 0) return codeOf(db().query(`SELECT broken_${i}`))
      if (i % 13 === 0) {
        return db().transaction(async (tx) => {
          await tx.query(`SELECT set_config('grid.mine', $1, true)`, [String(i)])
          const { rows } = await tx.query<{ n: number }>(`SELECT current_setting('grid.mine')::int AS n`)
          return rows[0]!.n
        })
      }
      const { rows } = await db().query<{ n: number }>('SELECT $1::int AS n, repeat($2, 50) AS filler', [
        i,
        'x',
      ])
      return rows[0]!.n
    })
    const expected = Array.from({ length: 2000 }, (_, i) =>
      i % 7 === 0 ? '22012' : i % 11 === 0 ? '42703' : i,
    )
    expect(await Promise.all(asked)).toEqual(expected)
  })

  it('keeps all of a transaction or nothing', async () => {
    await db().query('CREATE TABLE kept (n int UNIQUE)')
    const failing = db().transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (1)')
      await tx.query('INSERT INTO kept VALUES (1)')
    })
    expect(await codeOf(failing)).toBe('23505')
    const thrown = db().transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (2)')
      throw new Error('changed my mind')
    })
    await expect(thrown).rejects.toThrow('changed my mind')
    expect(await countOf(db(), 'kept')).toBe(0)
    expect(
      await db().transaction(async (tx) => (await tx.query('INSERT INTO kept VALUES (3)')).rowCount),
    ).toBe(1)
    expect(await countOf(db(), 'kept')).toBe(1)
  })

  it('does not take a transaction for done when the error of a statement was swallowed', async () => {
    const swallowing = db().transaction(async (tx) => {
      await tx.query('CREATE TABLE swallowed ()')
      await tx.query('SELECT 1 / 0').catch(() => undefined)
    })
    await expect(swallowing).rejects.toThrow('had failed')
    expect(await codeOf(db().query('SELECT 1 FROM swallowed'))).toBe('42P01')
  })

  it('refuses statements of a transaction that has ended', async () => {
    const escaped = await db().transaction(async (tx) => tx)
    await expect(escaped.query('SELECT 1')).rejects.toThrow('has ended')
    const later = await db().transaction(async (tx) => {
      const late = Promise.all([tx.query('SELECT pg_sleep(0.05)'), tx.query('SELECT 2 AS n')])
      return { late }
    })
    expect((await later.late)[1].rows).toEqual([{ n: 2 }])
  })

  it('copies rows in as they are', async () => {
    await db().query('CREATE TABLE copied (id int, name text, at timestamptz, geom geometry(Point, 4326))')
    const line = (id: number) =>
      `${id}\t网格\\t${id}\t2024-01-01 00:00:00+00\tSRID=4326;POINT(${id % 90} 1)\n`
    async function* lines() {
      for (let from = 0; from < 200_000; from += 1000) {
        yield Buffer.from(Array.from({ length: 1000 }, (_, i) => line(from + i)).join(''))
      }
    }
    const copied = await db().transaction((tx) =>
      tx.copyIn('COPY copied (id, name, at, geom) FROM STDIN', lines()),
    )
    expect(copied).toBe(200_000)
    const { rows } = await db().query(
      `SELECT count(DISTINCT id) AS ids, min(name) AS name, max(ST_X(geom)) AS x, min(at) AS at FROM copied`,
    )
    expect(rows).toEqual([{ ids: 200_000, name: '网格\t0', x: 89, at: new Date('2024-01-01T00:00:00Z') }])
    await db().query('DROP TABLE copied')
  })

  it('copies nothing when a row, the table or the source is bad, and goes on working', async () => {
    await db().query('CREATE TABLE copied_badly (n int)')
    const copy = (sql: string, chunks: AsyncIterable<Uint8Array>) =>
      db().transaction(async (tx) => {
        await tx.query('INSERT INTO copied_badly VALUES (0)')
        return tx.copyIn(sql, chunks)
      })
    const into = 'COPY copied_badly FROM STDIN'
    expect(await codeOf(copy(into, inChunks('1\n', '2\nx\n', '3\n')))).toBe('22P02')
    expect(await codeOf(copy('COPY nowhere FROM STDIN', inChunks('1\n')))).toBe('42P01')
    async function* breaking() {
      yield Buffer.from('1\n')
      throw new Error('the file ended early')
    }
    await expect(copy(into, breaking())).rejects.toThrow('the file ended early')
    expect(await countOf(db(), 'copied_badly')).toBe(0)
    expect(await copy(into, inChunks())).toBe(0)
    expect(await countOf(db(), 'copied_badly')).toBe(1)
  })

  it('calls listeners of a channel once what was notified is committed', async () => {
    let heard = 0
    let other = 0
    const stop = await db().listen('Things "quoted"', () => {
      heard += 1
    })
    await db().listen('other', () => {
      other += 1
    })
    await db().transaction(async (tx) => {
      await tx.query(`SELECT pg_notify('Things "quoted"', '')`)
    })
    await until(() => heard > 0)
    expect({ heard, other }).toEqual({ heard: 1, other: 0 })
    await stop()
    await db().query(`SELECT pg_notify('Things "quoted"', ''), pg_notify('other', '')`)
    await until(() => other > 0)
    expect({ heard, other }).toEqual({ heard: 1, other: 1 })
  })

  it('has sessions in UTC', async () => {
    const { rows } = await db().query(`SELECT current_setting('TimeZone') AS zone`)
    expect(rows).toEqual([{ zone: 'UTC' }])
  })
})

async function countOf(db: Database, table: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)
  return rows[0]!.n
}
