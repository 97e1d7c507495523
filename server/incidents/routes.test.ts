import { beforeAll, describe, expect, it } from 'vitest'
import type { Incident } from '../../domain/incident.ts'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

const config = readConfig({ LOG_LEVEL: 'silent' })

describeOnEachDatabase('cases', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>
  let keys = 0

  beforeAll(async () => {
    await db().query(`
      INSERT INTO areas (code, level, name) VALUES ('530103001001', 'community', 'one'), ('530103001002', 'community', 'two');
      INSERT INTO grids (code, valid_from, valid_to, area_code, name, geom) VALUES
        ('530103001001009', '1900-01-01', '2026-02-01', '530103001001', 'old', ST_Multi(ST_MakeEnvelope(102, 25, 104, 26, 4326))),
        ('530103001001001', '2026-02-01', NULL, '530103001001', 'a', ST_Multi(ST_MakeEnvelope(102, 25, 103, 26, 4326))),
        ('530103001002001', '2026-02-01', NULL, '530103001002', 'b', ST_Multi(ST_MakeEnvelope(103, 25, 104, 26, 4326)));
      INSERT INTO categories (code, parent_code, name) VALUES ('01', NULL, '公用设施'), ('0101', '01', '井盖破损'), ('02', NULL, '其他')`)
    app = await buildTestApp({ config, db: db() })
    return () => app.close()
  })

  const post = (body: object, key: string | undefined = `key ${++keys}`) =>
    app.inject({
      method: 'POST',
      url: '/api/incidents',
      payload: body,
      headers: key === '' ? {} : { 'idempotency-key': key },
    })
  const valid = { categoryCode: '0101', lng: 102.5, lat: 25.5 }
  const get = async (url: string) => (await app.inject(url)).json()
  const faults = async (body: object, key?: string) => {
    const answer = await post(body, key)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    return [answer.statusCode, ...(answer.json().faults ?? []).map((fault: { field: string }) => fault.field)]
  }

  describe('reported through the API', () => {
    it('stand in their grid with a number of the day and a first step', async () => {
      const answer = await post({
        ...valid,
        title: '井盖',
        level: 2,
        intake: 'patrol',
        dueAt: '2099-01-01T00:00:00Z',
      })
      expect(answer.statusCode).toBe(201)
      const incident: Incident = answer.json()
      const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
        .format(new Date())
        .replaceAll('-', '')
      expect(incident).toMatchObject({
        ...valid,
        number: `${day}-000001`,
        title: '井盖',
        level: 2,
        intake: 'patrol',
        status: 'reported',
        gridNow: '530103001001001',
        gridAtReport: '530103001001001',
        dueAt: '2099-01-01T00:00:00.000Z',
        closedAt: null,
      })
      expect(answer.headers.location).toBe(`/api/incidents/${incident.id}`)
      expect(await get(`/api/incidents/${incident.id}`)).toEqual(incident)
      expect(await get(`/api/incidents/${incident.id}/transitions`)).toEqual([
        {
          at: incident.reportedAt,
          actor: 'test-administrator',
          fromStatus: null,
          toStatus: 'reported',
          dueAt: '2099-01-01T00:00:00.000Z',
          reason: null,
        },
      ])
      expect((await post(valid)).json().number).toBe(`${day}-000002`)
    })

    it('take the lower grid on an edge, the grid of then for then, and none outside', async () => {
      expect((await post({ ...valid, lng: 103 })).json().gridNow).toBe('530103001001001')
      expect((await post({ ...valid, lng: 103.5, reportedAt: '2026-01-31T15:59:59Z' })).json()).toMatchObject(
        {
          gridAtReport: '530103001001009',
          gridNow: '530103001002001',
        },
      )
      // Already the first of February in the district
      expect((await post({ ...valid, lng: 103.5, reportedAt: '2026-01-31T16:00:00Z' })).json()).toMatchObject(
        {
          gridAtReport: '530103001002001',
        },
      )
      expect((await post({ ...valid, lng: 0 })).json()).toMatchObject({ gridNow: null, gridAtReport: null })
    })

    it('are written once for one key, also when two requests come at the same moment', async () => {
      const [one, other] = await Promise.all([post(valid, 'same'), post(valid, 'same')])
      expect(one.statusCode).toBe(201)
      expect(other.json()).toEqual(one.json())
      const later = await post({ lat: 25.5, lng: 102.5, categoryCode: '0101' }, 'same')
      expect(later.json().id).toBe(one.json().id)
      expect(await faults({ ...valid, title: 'another' }, 'same')).toEqual([422, 'idempotency-key'])
    })

    it('get numbers of their own when many are written at the same moment', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => post(valid)))
      expect(new Set(answers.map((answer) => answer.json().number)).size).toBe(12)
    })

    it('are refused with the field and the remedy', async () => {
      expect(await faults({ ...valid, categoryCode: '99' })).toEqual([400, 'categoryCode'])
      expect(await faults({ ...valid, lng: 181 })).toEqual([400, 'lng'])
      expect(await faults({ ...valid, lat: -90.1 })).toEqual([400, 'lat'])
      expect(await faults({ ...valid, lat: '25' })).toEqual([400, 'lat'])
      expect(await faults({ ...valid, level: 5 })).toEqual([400, 'level'])
      expect(await faults({ ...valid, colour: 'red' })).toEqual([400, 'colour'])
      expect(await faults({ lng: 1, lat: 1 })).toEqual([400, 'categoryCode'])
      expect(await faults({ ...valid, reportedAt: 'yesterday' })).toEqual([400, 'reportedAt'])
      expect(await faults({ ...valid, reportedAt: '2099-01-01T00:00:00Z' })).toEqual([400, 'reportedAt'])
      expect(await faults({ ...valid, reportedAt: '1969-12-31T23:59:59Z' })).toEqual([400, 'reportedAt'])
      expect(await faults({ ...valid, dueAt: '2020-01-01T00:00:00Z' })).toEqual([400, 'dueAt'])
      expect(await faults(valid, '')).toEqual([400, 'idempotency-key'])
      // A refused request does not use its key up
      expect(await faults({ ...valid, categoryCode: '99' }, 'again')).toEqual([400, 'categoryCode'])
      expect((await post(valid, 'again')).statusCode).toBe(201)
    })
  })

  describe('in a list', () => {
    beforeAll(async () => {
      await db().query('DELETE FROM incidents')
      // Two share a microsecond; all differ from whole seconds
      await db().query(
        `INSERT INTO incidents (number, category_code, level, geom, reported_at, grid_now, area_code, closed_at)
         SELECT 'n' || n, CASE WHEN n % 2 = 0 THEN '0101' ELSE '02' END, 1 + n % 4,
                ST_SetSRID(ST_MakePoint(102 + n * 0.05, 25.5), 4326),
                timestamptz '2026-03-01T00:00:00.123456Z' + (n / 2) * interval '1 hour',
                CASE WHEN n <= 20 THEN '530103001001001' ELSE '530103001002001' END,
                CASE WHEN n <= 20 THEN '530103001001' ELSE '530103001002' END,
                CASE WHEN n % 3 = 0 THEN timestamptz '2026-04-01' END
           FROM generate_series(1, 39) n`,
      )
    })

    const numbers = async (query: string) =>
      (await get(`/api/incidents?${query}`)).items.map((item: Incident) => item.number)
    const expected = (passes: (n: number) => boolean) =>
      Array.from({ length: 39 }, (_, i) => 39 - i)
        .filter(passes)
        .map((n) => `n${n}`)

    it('come the newest first, page by page, each once', async () => {
      const seen: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const page: { items: Incident[]; next: string | null } = await get(
          `/api/incidents?limit=7${next && `&cursor=${next}`}`,
        )
        seen.push(...page.items.map(({ number }) => number))
        next = page.next
      }
      expect(seen).toEqual(expected(() => true))
    })

    it('are those that the filter and the box ask for', async () => {
      expect(await numbers('category=01')).toEqual(expected((n) => n % 2 === 0))
      expect(await numbers('category=0101&category=02')).toHaveLength(39)
      expect(await numbers('level=1&level=2')).toEqual(expected((n) => n % 4 < 2))
      expect(await numbers('open=true')).toEqual(expected((n) => n % 3 !== 0))
      expect(await numbers('open=false&area=530103001002')).toEqual(expected((n) => n % 3 === 0 && n > 20))
      expect(await numbers('grid=530103001001001')).toEqual(expected((n) => n <= 20))
      expect(await numbers('from=2026-03-01T10:00:00Z&to=2026-03-01T12:00:00Z')).toEqual(
        expected((n) => n >= 20 && n < 24),
      )
      expect(await numbers('bbox=102.24,25,102.51,26')).toEqual(expected((n) => n >= 5 && n <= 10))
      expect(await numbers('status=closed')).toEqual([])
    })

    it('are refused for what cannot be read', async () => {
      const status = async (query: string) => {
        const answer = await app.inject(`/api/incidents?${query}`)
        return [answer.statusCode, answer.json().faults?.[0].field]
      }
      expect(await status('bbox=1,2,3')).toEqual([400, 'bbox'])
      expect(await status('bbox=3,2,1,4')).toEqual([400, 'bbox'])
      expect(await status('cursor=nonsense')).toEqual([400, 'cursor'])
      for (const end of [
        ['1', 5],
        ['2026-02-30T00:00:00.000000Z', 5],
        ['2026-03-01T00:00:00.000000Z', 1e300],
        null,
      ]) {
        const cursor = Buffer.from(JSON.stringify(end)).toString('base64url')
        expect(await status(`cursor=${cursor}`)).toEqual([400, 'cursor'])
      }
      expect(await status('limit=1001')).toEqual([400, 'limit'])
      expect(await status('status=lost')).toEqual([400, 'status.0'])
      expect(await status('from=today')).toEqual([400, 'from'])
    })

    it('are not found under a wrong id', async () => {
      expect((await app.inject('/api/incidents/999999')).statusCode).toBe(404)
      expect((await app.inject('/api/incidents/999999/transitions')).statusCode).toBe(404)
      expect((await app.inject('/api/incidents/abc')).statusCode).toBe(400)
    })
  })
})
