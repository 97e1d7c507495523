import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ImportKind } from '../../../domain/import-fields.ts'
import { dissolveAreasFromGrids } from '../../areas/queries.ts'
import { systemAsker } from '../../audit/askers.ts'
import { emptyDatabaseAndAudit } from '../../database/empty-database.ts'
import { describeOnEachDatabase } from '../../database/test-database.ts'
import { checkCoverage } from '../../grids/queries.ts'
import { appendTransition, lockIncident } from '../../incidents/queries.ts'
import type { ImportOptions } from '../import-options.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from '../test-import.ts'
import { type UndoBlocked, undoImport } from './undo-import.ts'

const { west, south, size, community } = TWO_GRIDS_AT
const [A, B] = [`${community}001`, `${community}002`]

const buildingAt = (id: string, lng: number, name: string) => ({
  properties: { id, name },
  geometry: squareAt(lng, south + size / 3, size / 20),
})
const BUILDINGS = linesOf([buildingAt('b1', west + 0.002, '甲'), buildingAt('b2', west + 0.012, '乙')])
const CASE_COLUMNS = 'number,category,categoryParent,reportedAt,dueAt,closedAt,department,lng,lat\n'
const caseLine = (number: string, closedAt = '', dueAt = '') =>
  `${number},井盖破损,公用设施,2024-05-01 08:00:00,${dueAt},${closedAt},城管局,${west + 0.002},${south + 0.004}\n`
const CASES = CASE_COLUMNS + caseLine('C1') + caseLine('C2', '2024-05-03 08:00:00')

describeOnEachDatabase('undoing an import', (db, databaseKind) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
  })
  afterAll(() => importer?.drop())
  beforeEach(() => emptyDatabaseAndAudit(db()))

  const run = async (
    kind: ImportKind,
    ending: string,
    text: string,
    options: Partial<ImportOptions> = {},
  ): Promise<number> => (await importer.run(kind, await importer.put(ending, text), options)).id

  const somebodyWaits = async () =>
    (
      await db().query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rows.length > 0

  const undo = (id: number) => undoImport(importer.parts(), id, 'tester', systemAsker('test'))
  const everything = () => importer.everything()

  const state = async (id: number) =>
    (await db().query<{ state: string }>(`SELECT state FROM imports WHERE id = $1`, [id])).rows[0]!.state

  /** What is there before, the kind, and a first and a second file of it. */
  const kinds: [kind: ImportKind, needsGrids: boolean, ending: string, first: string, second: string][] = [
    [
      'areas',
      false,
      'csv',
      'code,name\n530103,一\n530103001,二\n',
      'code,name\n530103,新名\n530103002001,三\n',
    ],
    [
      'grids',
      false,
      'geojsonl',
      TWO_GRIDS,
      linesOf([
        { properties: { code: A, name: '改名' }, geometry: squareAt(west, south, size) },
        { properties: { code: `${community}003` }, geometry: squareAt(west, south + size, size) },
      ]),
    ],
    [
      'buildings',
      true,
      'geojsonl',
      BUILDINGS,
      linesOf([buildingAt('b2', west + 0.013, '丙'), buildingAt('b3', west + 0.005, '丁')]),
    ],
    [
      'incidents',
      true,
      'csv',
      CASES,
      CASE_COLUMNS +
        caseLine('C1', '2024-05-09 08:00:00', '2024-05-05 08:00:00') +
        caseLine('C3').replace('井盖破损', '路灯不亮').replace('城管局', '路灯所'),
    ],
    [
      'places',
      true,
      'csv',
      `id,type,name,lng,lat\np1,服务站,一站,${west + 0.002},${south + 0.004}\n`,
      `id,type,name,lng,lat\np1,服务站,二站,${west + 0.012},${south + 0.004}\np2,office,所,${west},${south}\n`,
    ],
    [
      'categories',
      false,
      'csv',
      'code,name,parent\n01,市容,\n0101,垃圾,01\n',
      'code,name,parent\n01,环境,\n0102,道路,01\n',
    ],
    [
      'indicators',
      true,
      'csv',
      `indicator,place,period,value,name\nvisits,${A},2024-05,12,走访\n`,
      `indicator,place,period,value,name\nvisits,${A},2024-05,13,入户\nscore,${B},2024-05,9,得分\n`,
    ],
  ]

  it.each(kinds)('of %s gives back every row exactly', async (kind, needsGrids, ending, first, second) => {
    if (needsGrids) await run('grids', 'geojsonl', TWO_GRIDS)
    const before = await everything()
    const one = await run(kind, ending, first)
    const between = await everything()
    const two = await run(kind, ending, second)
    const after = await everything()
    expect(after).not.toEqual(between)
    await undo(two)
    expect(await everything()).toEqual(between)
    expect(await state(two)).toBe('undone')
    await undo(one)
    expect(await everything()).toEqual(before)
    await expect(undo(one)).rejects.toThrow('no longer recorded')
  })

  it('of moved borders gives back versions, areas, buildings and cases; what came since follows', async () => {
    await run('grids', 'geojsonl', TWO_GRIDS)
    await run('buildings', 'geojsonl', BUILDINGS)
    await run('incidents', 'csv', CASES)
    const before = await everything()
    const wide = linesOf([
      { properties: { code: A }, geometry: squareAt(west, south, size) },
      { properties: { code: B }, geometry: squareAt(west + size, south, size) },
    ])
    // The border moves west past building b1 and the cases
    const moved = wide
      .replaceAll(`[${west + size},${south}]`, `[${west + 0.001},${south}]`)
      .replaceAll(`[${west + size},${south + size}]`, `[${west + 0.001},${south + size}]`)
    const id = await run('grids', 'geojsonl', moved, { validFrom: '2024-06-01' })
    const gridOf = async (table: string, column: string, key: string, value: string) =>
      (
        await db().query<{ grid: string }>(`SELECT ${column} AS grid FROM ${table} WHERE ${key} = $1`, [
          value,
        ])
      ).rows[0]!.grid
    expect(await gridOf('buildings', 'grid_code', 'external_id', 'b1')).toBe(B)
    const later = await run('buildings', 'geojsonl', linesOf([buildingAt('b9', west + 0.003, '新')]))
    expect(await gridOf('buildings', 'grid_code', 'external_id', 'b9')).toBe(B)
    await undo(id)
    expect(await gridOf('buildings', 'grid_code', 'external_id', 'b9')).toBe(A)
    await db().query(`DELETE FROM buildings WHERE external_id = 'b9'`)
    expect(await everything()).toEqual(before)
    expect(await state(later)).toBe('done')
  })

  it.skipIf(databaseKind === 'embedded')(
    'is refused when somebody works on one of its cases at that moment',
    async () => {
      const id = await run('incidents', 'csv', CASES)
      let blockers: Promise<unknown> = Promise.resolve()
      await db().transaction(async (tx) => {
        const { rows } = await tx.query<{ id: number }>(`SELECT id FROM incidents WHERE number = 'C1'`)
        await lockIncident(tx, rows[0]!.id)
        blockers = undo(id).catch((error: UndoBlocked) => error.message)
        await expect.poll(somebodyWaits, { timeout: 10_000 }).toBe(true)
        await appendTransition(tx, rows[0]!.id, {
          at: new Date().toISOString(),
          actor: 'somebody',
          fromStatus: 'reported',
          toStatus: 'filed',
          dueAt: null,
          reason: null,
        })
      })
      expect(await blockers).toBe(
        '1 of these cases were worked on since (for example C1): what people did is not taken back.',
      )
    },
  )
})
