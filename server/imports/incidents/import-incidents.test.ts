import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import { TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from '../test-import.ts'

const COMMUNITY = TWO_GRIDS_AT.community

describeOnEachDatabase('importing incidents', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
    await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
  })
  afterAll(() => importer?.drop())
  beforeEach(async () => {
    await db().query('TRUNCATE incidents, transitions CASCADE')
    await db().query('DELETE FROM categories')
    await db().query('DELETE FROM departments')
  })

  const header = '编号,大类,小类,上报时间,截止时间,结案时间,经度,纬度,来源,部门,等级'
  const table = (...lines: string[]) => importer.put('csv', [header, ...lines].join('\n'))

  it('bring their own history, categories and departments', async () => {
    const file = await table(
      'A1,市容环境,暴露垃圾,2024-05-31 08:30,2024-06-01 08:30,2024-05-31 12:00,102.505,25.005,巡查,城管局,一般',
      'A2,市容环境,暴露垃圾,2024/5/31 9:00,,,102.515,25.005,12345热线,城管局,特急',
      'A3,市容环境,道路破损,2024年5月31日 9时00分,,,103.2,25.005,传真,,',
    )
    const result = await importer.run('incidents', file)
    expect(result).toMatchObject({
      inserted: 3,
      summary: { outsideGrids: 1, newCategories: 3, newDepartments: 1, intakesTakenAsPublic: { 传真: 1 } },
    })
    const { rows } = await db().query(
      `SELECT number, category_code, level, intake, department_code, status, grid_now, area_code,
                reported_at, due_at, closed_at FROM incidents ORDER BY number`,
    )
    expect(rows).toEqual([
      {
        ...{
          number: 'A1',
          category_code: '市容环境/暴露垃圾',
          level: 3,
          intake: 'patrol',
          department_code: '城管局',
        },
        ...{ status: 'closed', grid_now: `${COMMUNITY}001`, area_code: COMMUNITY },
        reported_at: new Date('2024-05-31T00:30:00Z'),
        due_at: new Date('2024-06-01T00:30:00Z'),
        closed_at: new Date('2024-05-31T04:00:00Z'),
      },
      {
        ...{
          number: 'A2',
          category_code: '市容环境/暴露垃圾',
          level: 1,
          intake: 'public',
          department_code: '城管局',
        },
        ...{ status: 'reported', grid_now: `${COMMUNITY}002`, area_code: COMMUNITY },
        ...{ reported_at: new Date('2024-05-31T01:00:00Z'), due_at: null, closed_at: null },
      },
      {
        ...{
          number: 'A3',
          category_code: '市容环境/道路破损',
          level: 3,
          intake: 'public',
          department_code: null,
        },
        ...{ status: 'reported', grid_now: null, area_code: '' },
        ...{ reported_at: new Date('2024-05-31T01:00:00Z'), due_at: null, closed_at: null },
      },
    ])
    const steps = await db().query(
      `SELECT number, from_status AS "from", to_status AS "to" FROM transitions JOIN incidents ON incidents.id = incident_id ORDER BY transitions.id`,
    )
    expect(steps.rows).toContainEqual({ number: 'A1', from: 'reported', to: 'closed' })
    expect(steps.rows).toHaveLength(4)
  })

  it('are only added to by a repeated import: closings, new deadlines, reopenings', async () => {
    await importer.run(
      'incidents',
      await table(
        'A1,,垃圾,2024-05-31 08:30,,,102.505,25.005,,,',
        'A2,,垃圾,2024-05-31 08:30,,2024-06-01 08:00,102.505,25.005,,,',
        'A3,,垃圾,2024-05-31 08:30,2024-06-02,,102.505,25.005,,,',
      ),
    )
    const later = await table(
      'A1,,垃圾,2024-05-31 08:30,,2024-06-03 10:00,102.505,25.005,,,',
      'A2,,垃圾,2024-05-31 08:30,,,102.505,25.005,,,',
      'A3,,垃圾,2024-05-31 08:30,2024-06-05,,102.505,25.005,,,',
    )
    expect(await importer.run('incidents', later)).toMatchObject({
      inserted: 0,
      updated: 0,
      summary: { stepsAppended: 3, newCategories: 0 },
    })
    const { rows } = await db().query(
      `SELECT number, status, due_at, closed_at FROM incidents ORDER BY number`,
    )
    expect(rows).toEqual([
      { number: 'A1', status: 'closed', due_at: null, closed_at: new Date('2024-06-03T02:00:00Z') },
      { number: 'A2', status: 'reported', due_at: null, closed_at: null },
      { number: 'A3', status: 'reported', due_at: new Date('2024-06-04T16:00:00Z'), closed_at: null },
    ])
    expect(await importer.run('incidents', later)).toMatchObject({
      unchanged: 3,
      summary: { stepsAppended: 0, historyKept: 0 },
    })
    expect(await importer.count('transitions')).toBe(7)
  })

  it('are closed at the time of the source, also after a new deadline or a reopening', async () => {
    const line = (due: string, closed: string) =>
      table(`A1,,垃圾,2024-05-31 08:30,${due},${closed},102.505,25.005,,,`)
    const state = () =>
      importer.one<{ status: string; closed_at: Date }>(`SELECT status, closed_at FROM incidents`)
    await importer.run('incidents', await line('', ''))
    await importer.run('incidents', await line('2024-06-05', ''))
    const closed = await line('2024-06-05', '2024-06-01 12:00')
    await importer.run('incidents', closed)
    expect(await state()).toEqual({ status: 'closed', closed_at: new Date('2024-06-01T04:00:00Z') })
    expect(await importer.run('incidents', closed)).toMatchObject({ summary: { stepsAppended: 0 } })
    await importer.run('incidents', await line('2024-06-05', ''))
    expect(await state()).toEqual({ status: 'reported', closed_at: null })
    await importer.run('incidents', await line('2024-06-05', '2024-06-03 12:00'))
    expect(await state()).toEqual({ status: 'closed', closed_at: new Date('2024-06-03T04:00:00Z') })
    // Before what is known already: kept, however often it is said
    for (const _ of [1, 2]) {
      expect(await importer.run('incidents', closed)).toMatchObject({
        summary: { stepsAppended: 0, historyKept: 1 },
      })
    }
    expect(await importer.count('transitions')).toBe(5)
  })

  it('may say words that every object of the language knows', async () => {
    const result = await importer.run(
      'incidents',
      await table(
        'A1,,constructor,2024-05-31 08:30,,,102.505,25.005,constructor,toString,',
        'A2,,垃圾,2024-05-31 08:30,,,102.505,25.005,,,constructor',
      ),
      { values: { category: { 'never said': 'x' }, intake: {} } },
    )
    expect(result).toMatchObject({ inserted: 1, summary: { intakesTakenAsPublic: { constructor: 1 } } })
    expect(await importer.report(result)).toEqual(['2 level unknown-value'])
    expect(await importer.one(`SELECT category_code AS category, intake FROM incidents`)).toEqual({
      category: 'constructor',
      intake: 'public',
    })
  })

  it('that were worked on here keep their history', async () => {
    await importer.run('incidents', await table('A1,,垃圾,2024-05-31 08:30,,,102.505,25.005,,,'))
    await db().query(
      `INSERT INTO transitions (incident_id, at, actor, from_status, to_status) SELECT id, now(), 'li', 'reported', 'filed' FROM incidents`,
    )
    const closed = await table('A1,,垃圾,2024-05-31 08:30,,2024-06-03 10:00,102.505,25.005,,,')
    expect(await importer.run('incidents', closed)).toMatchObject({
      summary: { stepsAppended: 0, historyKept: 1 },
    })
    expect(await importer.one(`SELECT status FROM incidents`)).toEqual({ status: 'filed' })
  })

  it('take the zone and form of their times from the options, and --closed', async () => {
    const file = await table('A1,,垃圾,5/4/2024 10:00,,,102.505,25.005,,,')
    await importer.run('incidents', file, {
      timeZone: 'America/New_York',
      dateFormat: 'DD/MM/YYYY HH:mm',
      closed: true,
    })
    const at = new Date('2024-04-05T14:00:00Z')
    expect(await importer.one(`SELECT status, reported_at, closed_at FROM incidents`)).toEqual({
      status: 'closed',
      reported_at: at,
      closed_at: at,
    })
  })

  it('in a crowd on one point are pointed at', async () => {
    const lines = Array.from(
      { length: 1101 },
      (_, i) => `C${i},,垃圾,2024-05-31 08:30,,,102.5${i < 1050 ? '' : i},25.005,,,`,
    )
    const result = await importer.run('incidents', await table(...lines))
    expect(result.summary).toMatchObject({ crowdedPoint: { lng: 102.5, lat: 25.005, cases: 1050 } })
  })

  it('on the edge of two grids go to the lower code', async () => {
    await importer.run(
      'incidents',
      await table(`A1,,垃圾,2024-05-31 08:30,,,${TWO_GRIDS_AT.west + TWO_GRIDS_AT.size},25.005,,,`),
    )
    expect(await importer.one(`SELECT grid_now, grid_at_report FROM incidents`)).toEqual({
      grid_now: `${COMMUNITY}001`,
      grid_at_report: `${COMMUNITY}001`,
    })
  })
})
