import { beforeAll, describe, expect, it } from 'vitest'
import { EVERYTHING } from '../../domain/scope.ts'
import { dissolveAreasFromGrids } from '../areas/queries.ts'
import { systemAsker } from '../audit/askers.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { checkCoverage } from '../grids/queries.ts'
import { advanceIncident } from '../incidents/advance.ts'
import { reportIncident } from '../incidents/report.ts'
import { seedDemoDistrict } from './seed.ts'
import { Simulator } from './simulator.ts'

const LONG = 120_000
const HOUR_MS = 3_600_000
const timeZone = 'Asia/Shanghai'
/** So long ago that what is simulated from then on lies in the past */
const SEEDED_AT = new Date(Date.now() - 30 * HOUR_MS)

describeOnEachDatabase('the demo district', (db) => {
  const seed = () =>
    seedDemoDistrict(db(), { scale: 0.1, timeZone, now: SEEDED_AT, dissolveAreas: dissolveAreasFromGrids })
  const count = async (sql: string) =>
    (await db().query<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]!.n

  beforeAll(async () => {
    expect(await seed()).toBe(true)
  }, LONG)

  describe('once seeded', () => {
    it('has areas, grids, buildings, a base map and a year of cases, the last one of now', async () => {
      expect(await count('grids')).toBeGreaterThan(60)
      expect(await count('buildings')).toBeGreaterThan(3000)
      expect(await count(`base_features WHERE layer = 'water'`)).toBeGreaterThan(0)
      expect(await count('incidents')).toBeGreaterThan(15_000)
      expect(
        await count(`places JOIN grids ON code = grid_code WHERE ST_Covers(grids.geom, places.geom)`),
      ).toBe(await count('places'))
      expect(await count(`(SELECT DISTINCT type FROM places) types`)).toBe(4)
      const { rows } = await db().query<{ last: Date }>('SELECT max(reported_at) AS last FROM incidents')
      expect(Math.abs(rows[0]!.last.getTime() - SEEDED_AT.getTime())).toBeLessThan(1000)
      expect(await count('areas WHERE geom IS NULL')).toBe(0)
    })

    it('is a coverage, with every building in its grid and every case where it says', async () => {
      expect(await checkCoverage(db(), SEEDED_AT.toISOString().slice(0, 10))).toMatchObject({
        gaps: 0,
        overlaps: 0,
      })
      expect(
        await count(`buildings JOIN grids ON grids.code = grid_code
                      WHERE NOT ST_CoveredBy(buildings.geom, grids.geom) OR grids.area_code <> buildings.area_code`),
      ).toBe(0)
      expect(
        await count(`incidents LEFT JOIN grids ON grids.code = grid_now
                      WHERE NOT coalesce(ST_Covers(grids.geom, incidents.geom), false)
                         OR incidents.area_code <> grids.area_code OR grid_at_report <> grid_now`),
      ).toBe(0)
      expect(
        await count(`(SELECT grid_code, sum(households) AS households FROM buildings GROUP BY grid_code) built
                       JOIN grids ON code = grid_code WHERE grids.households <> built.households`),
      ).toBe(0)
    })

    it('has cases that stand where their steps left them', async () => {
      expect(
        await count(`incidents
                       JOIN LATERAL (SELECT to_status, at FROM transitions WHERE incident_id = incidents.id
                                      ORDER BY at DESC, transitions.id DESC LIMIT 1) last ON true
                       LEFT JOIN LATERAL (SELECT due_at FROM transitions
                                      WHERE incident_id = incidents.id AND due_at IS NOT NULL
                                      ORDER BY at DESC, transitions.id DESC LIMIT 1) due ON true
                      WHERE status <> to_status OR incidents.due_at IS DISTINCT FROM due.due_at
                         OR closed_at IS DISTINCT FROM CASE WHEN to_status IN ('closed', 'void') THEN last.at END`),
      ).toBe(0)
      expect(await count('transitions')).toBeGreaterThan(4 * (await count('incidents')))
    })

    it('is not made over anything', async () => {
      const before = await count('incidents')
      expect(await seed()).toBe(false)
      expect(await count('incidents')).toBe(before)
    })
  })

  describe('lived in', () => {
    const warnings: unknown[] = []
    const asker = systemAsker('simulator')
    // The simulator reports nobody's
    const contacts = { digest: () => Promise.reject(), keep: () => Promise.reject() }
    const simulator = () =>
      new Simulator({
        db: db(),
        timeZone,
        report: (incident, actor) =>
          reportIncident(
            { db: db(), timeZone, contacts },
            crypto.randomUUID(),
            incident,
            { actor, scope: EVERYTHING },
            asker,
          ),
        advance: (id, step) => advanceIncident(db(), id, step, asker),
        warn: (details) => warnings.push(details),
      })
    const later = (hours: number) => new Date(SEEDED_AT.getTime() + hours * HOUR_MS)

    it(
      'has new cases at its own rhythm, and moves cases on, once for each hour',
      async () => {
        const before = await count('incidents')
        const open = await count('incidents WHERE closed_at IS NULL')
        await simulator().live(later(24))
        const added = (await count('incidents')) - before
        expect(added).toBeGreaterThan(15)
        expect(added).toBeLessThan(150)
        expect(await count(`transitions WHERE at > '${SEEDED_AT.toISOString()}'`)).toBeGreaterThan(2 * added)
        expect(await count('incidents WHERE closed_at IS NULL')).toBeLessThan(open + added)
        expect(await count(`incidents WHERE reported_at > '${later(24).toISOString()}'`)).toBe(0)
        await simulator().live(later(24))
        expect(await count('incidents')).toBe(before + added)
        expect(warnings).toEqual([])
      },
      LONG,
    )

    it('leaves cases alone that somebody has taken into their own hands', async () => {
      const { rows } = await db().query<{ id: number; status: 'dispatched' }>(
        `SELECT id, status FROM incidents WHERE status = 'dispatched' ORDER BY reported_at DESC LIMIT 1`,
      )
      const { id } = rows[0]!
      const step = {
        actor: 'somebody',
        dueAt: null,
        reason: null,
        departmentCode: null,
        toStatus: 'suspended',
      } as const
      const at = later(25).toISOString()
      expect(await advanceIncident(db(), id, { ...step, at, fromStatus: 'filed' }, asker)).toBe(false)
      expect(await advanceIncident(db(), id, { ...step, at, fromStatus: 'dispatched' }, asker)).toBe(true)
      await simulator().live(later(26))
      expect(await count(`incidents WHERE id = ${id} AND status = 'suspended'`)).toBe(1)
    })

    it('stands still once real data is there', async () => {
      await db().query(`INSERT INTO imports (kind, file_name, state) VALUES ('incidents', 'own.csv', 'done')`)
      const before = await count('incidents')
      await simulator().live(later(29))
      expect(await count('incidents')).toBe(before)
    })
  })
})
