import { describe, expect, it } from 'vitest'
import { guessKind } from '../../domain/import-kind.ts'
import { DEFAULT_SETTINGS } from '../../domain/import-options.ts'
import { refuseFiles } from './check-files.ts'
import { columnOfField, placeSettings, statedSettings } from './import-settings.ts'

const limits = { bytes: 100 * 2 ** 20, files: 2, endings: ['.csv', '.geojson', '.zip'] }
const file = (name: string, size = 10) => ({ name, size })

describe('files that are chosen', () => {
  it.each([
    [[file('a.csv.gz'), file('B.GeoJSON')], null],
    [[file('a.csv'), file('b.csv'), file('c.csv')], 'upload-too-many-files'],
    [[file('a.csv', 2 ** 27)], 'upload-too-large'],
    [[file('a.shp')], 'ending-unknown.shp'],
    [[file('a.docx')], 'ending-unknown.other'],
    [[file('a.csv', 0)], 'file-empty.whole'],
  ])('%j: %s', (files, sentence) => {
    expect(refuseFiles(files, limits)?.sentence ?? null).toBe(sentence)
  })
})

describe('settings', () => {
  it('are sent as far as they were stated and matter to the kind', () => {
    const settings = {
      ...DEFAULT_SETTINGS,
      toleranceM: 5,
      crs: 'gcj02',
      dateFormat: 'D/M/YYYY',
      map: { code: 'NR' },
    }
    expect(statedSettings('grids', settings)).toEqual({ toleranceM: 5, crs: 'gcj02', map: { code: 'NR' } })
    expect(statedSettings('categories', settings)).toEqual({ map: { code: 'NR' } })
  })

  it('find the column of every field: as stated, else by name, and none where none is wanted', () => {
    const columns = ['编码', '名称', '户数', 'x']
    expect(columnOfField('grids', columns, { households: '', residents: 'x' })).toEqual({
      code: '编码',
      name: '名称',
      households: '',
      residents: 'x',
    })
  })

  it('that move places are those by which a file is looked at again', () => {
    const settings = { ...DEFAULT_SETTINGS, swapAxes: true, strict: true, map: { lng: 'X', number: 'NR' } }
    expect(placeSettings(settings)).toEqual({ crs: null, swapAxes: true, layer: null, map: { lng: 'X' } })
  })
})

describe('the kind of a file', () => {
  it.each([
    [
      'grids',
      { names: ['Precincts.geojson.gz'], columns: ['WARD_PRECINCT'], geometries: ['Polygon'], rows: 255 },
    ],
    [
      'grids',
      {
        names: ['a.zip'],
        columns: ['网格编码', '网格名称', '户数', '网格员数'],
        geometries: ['Polygon'],
        rows: 9,
      },
    ],
    ['buildings', { names: ['楼栋.gpkg'], columns: ['id', 'height'], geometries: ['MultiPolygon'], rows: 9 }],
    [
      'incidents',
      { names: ['x.csv'], columns: ['案件编号', '小类', '上报时间'], geometries: ['Point'], rows: 9 },
    ],
    ['categories', { names: ['案件类别.csv'], columns: ['编码', '名称'], geometries: [], rows: 9 }],
    [
      'indicators',
      { names: ['x.csv'], columns: ['指标', '网格编码', '月份', '数值'], geometries: [], rows: 9 },
    ],
    ['areas', { names: ['streets.geojson'], columns: ['code', 'name'], geometries: ['Polygon'], rows: 9 }],
    [null, { names: ['x.geojson'], columns: ['a'], geometries: ['Polygon'], rows: 9 }],
  ])('%s', (kind, signs) => {
    expect(guessKind(signs)).toBe(kind)
  })
})
