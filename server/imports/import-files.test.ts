import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { dissolveAreasFromGrids } from '../areas/queries.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { checkCoverage } from '../grids/queries.ts'
import { linesOf, squareAt, TestImporter, TWO_GRIDS, TWO_GRIDS_AT } from './test-import.ts'

const COMMUNITY = TWO_GRIDS_AT.community

describeOnEachDatabase('importing', (db) => {
  let importer: TestImporter
  beforeAll(async () => {
    importer = await TestImporter.create(db, { dissolveAreas: dissolveAreasFromGrids, checkCoverage })
    await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
  })
  afterAll(() => importer?.drop())
  beforeEach(async () => {
    await db().query('TRUNCATE indicator_values, indicators CASCADE')
    await db().query('DELETE FROM categories')
  })

  describe('categories', () => {
    it('come with parents in any order, and are updated', async () => {
      const file = await importer.put(
        'csv',
        '编码,名称,上级编码,性质\n0101,暴露垃圾,01,事件\n01,市容环境,,事件\n0201,井盖,02,部件\n',
      )
      const result = await importer.run('categories', file)
      expect(result).toMatchObject({ inserted: 2, rowsRejected: 1 })
      expect(await importer.report(result)).toEqual(['3 parent category-unknown'])
      const renamed = await importer.put('csv', 'code,name\n01,市容\n')
      expect(await importer.run('categories', renamed)).toMatchObject({ updated: 1 })
      expect(await importer.one(`SELECT name, kind FROM categories WHERE code = '01'`)).toEqual({
        name: '市容',
        kind: 'event',
      })
    })

    it('are rejected when nothing leads from them to the top', async () => {
      const circle = 'code,name,parent\n01,a,\n02,b,03\n03,c,02\n04,d,99\n05,e,04\n06,f,05\n0101,g,01\n'
      const result = await importer.run('categories', await importer.put('csv', circle))
      expect((await importer.report(result)).sort()).toEqual(
        [2, 3, 4, 5, 6].map((row) => `${row} parent category-unknown`),
      )
      expect(await importer.count('categories')).toBe(2)
      // A known one put below its own child
      const turned = await importer
        .run('categories', await importer.put('csv', 'code,name,parent\n01,a,0101\n'))
        .catch((error: { code: string }) => error.code)
      expect(turned).toBe('rows-rejected')
      // Parent and child changing places are no circle
      await importer.run('categories', await importer.put('csv', 'code,name,parent\n01,a,0101\n0101,g,\n'))
      expect(await importer.one(`SELECT parent_code AS parent FROM categories WHERE code = '01'`)).toEqual({
        parent: '0101',
      })
    })

    it('come from a file that is named twice, which is read twice', async () => {
      const lines = Array.from({ length: 700 }, (_, i) => `${1000 + i},n`)
      const file = await importer.put('csv', ['code,name', ...lines].join('\n'))
      expect(await importer.run('categories', [file, file])).toMatchObject({
        rowsRead: 1400,
        inserted: 700,
        rowsRejected: 700,
      })
    })
  })

  describe('areas', () => {
    it('come from a list of codes and names; those above are added; shapes follow the grids', async () => {
      const file = await importer.put(
        'csv',
        `code,name\n${COMMUNITY},江岸社区\n530103001,拓东街道\n5301,昆明\n`,
      )
      const result = await importer.run('areas', file)
      expect(await importer.report(result)).toEqual(['3 code area-code-malformed'])
      const { rows } = await db().query(
        `SELECT code, level, name, parent_code AS parent, geom IS NOT NULL AS shaped FROM areas ORDER BY code`,
      )
      expect(rows).toEqual([
        { code: '530103', level: 'district', name: '530103', parent: null, shaped: true },
        { code: '530103001', level: 'street', name: '拓东街道', parent: '530103', shaped: true },
        { code: COMMUNITY, level: 'community', name: '江岸社区', parent: '530103001', shaped: true },
      ])
    })

    it('numbered freely are told apart by the digits that are asked for', async () => {
      const file = await importer.put('csv', 'code,name,level\n1,One,street\n10,Ten,street\n')
      await importer.run('areas', file, { codeDigits: 2, codePrefix: 'W' }, 'free')
      const { rows } = await db().query(`SELECT code FROM areas WHERE code ^@ 'W' ORDER BY code`)
      expect(rows).toEqual([{ code: 'W01' }, { code: 'W10' }])
      await db().query(`DELETE FROM areas WHERE code ^@ 'W'`)
    })

    it('with shapes of their own keep them', async () => {
      const shape = linesOf([
        { properties: { code: '530103', name: '盘龙区' }, geometry: squareAt(102, 24, 2) },
      ])
      await importer.run('areas', await importer.put('geojsonl', shape))
      await importer.run('grids', await importer.put('geojsonl', TWO_GRIDS))
      expect(
        await importer.one(
          `SELECT name, geom_from_grids AS own, ST_XMin(geom) AS west FROM areas WHERE code = '530103'`,
        ),
      ).toEqual({ name: '盘龙区', own: false, west: 102 })
    })
  })

  describe('places', () => {
    it('come with a type and a name, stand in their grid, and are updated', async () => {
      const rows =
        'id,类型,名称,lng,lat,电话\n1,服务站,江岸驿站,IN\n2,hydrant,栓,103.5,25.5,\n3,城堡,堡,IN\n4,office,,IN\n'
      const at = '102.505,25.005,12345'
      const file = await importer.put('csv', rows.replaceAll('IN', at))
      const result = await importer.run('places', file)
      expect(result).toMatchObject({ inserted: 2, rowsRejected: 2, summary: { outsideGrids: 1 } })
      expect(await importer.report(result)).toEqual(['3 type unknown-value', '4 name field-missing'])
      expect(
        await importer.one(
          `SELECT type, name, phone, grid_code AS grid, area_code AS area FROM places WHERE external_id = '1'`,
        ),
      ).toEqual({
        type: 'station',
        name: '江岸驿站',
        phone: '12345',
        grid: `${COMMUNITY}001`,
        area: COMMUNITY,
      })
      const renamed = await importer.put('csv', `id,type,name,lng,lat\n1,station,新站,102.505,25.005\n`)
      expect(await importer.run('places', renamed)).toMatchObject({ updated: 1 })
      expect(await importer.one(`SELECT name, phone FROM places WHERE external_id = '1'`)).toEqual({
        name: '新站',
        phone: '12345',
      })
    })
  })

  describe('indicators', () => {
    it('are numbers of grids and areas in periods', async () => {
      const file = await importer.put(
        'csv',
        `指标,网格编码,月份,数值,单位\n走访,${COMMUNITY}001,2024-05,12,次\n走访,${COMMUNITY}001,2024年6月,13,次\n走访,nowhere,2024-05,1,次\n走访,530103,2024Q2,many,次\n`,
      )
      const result = await importer.run('indicators', file)
      expect(result).toMatchObject({ inserted: 2 })
      expect(await importer.report(result)).toEqual(['4 value not-a-number', '3 place place-unknown'])
      const { rows } = await db().query(
        `SELECT period_from AS "from", period_to AS "to", value FROM indicator_values ORDER BY 1`,
      )
      expect(rows).toEqual([
        { from: '2024-05-01', to: '2024-06-01', value: 12 },
        { from: '2024-06-01', to: '2024-07-01', value: 13 },
      ])
      expect(await importer.run('indicators', file)).toMatchObject({ inserted: 0, unchanged: 2 })
    })
  })
})
