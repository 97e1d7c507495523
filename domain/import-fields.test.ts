import { describe, expect, it } from 'vitest'
import { guessColumns, IMPORT_FIELDS, IMPORT_KINDS, type ImportField } from './import-fields.ts'

describe('guessColumns', () => {
  it('knows columns by Chinese and English names, however they are written', () => {
    expect(guessColumns('grids', ['网格编码', '网格名称', '户数', '备注'])).toEqual({
      code: '网格编码',
      name: '网格名称',
      households: '户数',
    })
    expect(guessColumns('buildings', ['Building_ID', 'HEIGHT M', 'Floors'])).toEqual({
      externalId: 'Building_ID',
      heightM: 'HEIGHT M',
      floors: 'Floors',
    })
    expect(guessColumns('incidents', ['案件编号', '大类', '小类', '上报时间', '经度', '纬度'])).toEqual({
      ...{
        number: '案件编号',
        categoryParent: '大类',
        category: '小类',
        reportedAt: '上报时间',
        lng: '经度',
        lat: '纬度',
      },
    })
  })

  it('leaves to the caller what the caller states, also that a field has no column', () => {
    expect(guessColumns('grids', ['id', 'code', 'name'], { code: 'id', name: '' })).toEqual({
      code: 'id',
      name: '',
    })
  })

  it('gives one column to one field', () => {
    const guessed = guessColumns('incidents', ['type', 'id'], { title: 'type' })
    expect(guessed).toEqual({ title: 'type', number: 'id' })
  })

  it('has every synonym once in a kind, in the form it is looked up by', () => {
    for (const kind of IMPORT_KINDS) {
      const synonyms = Object.values(IMPORT_FIELDS[kind] as Record<string, ImportField>).flatMap(
        (field) => field.synonyms,
      )
      expect(synonyms.filter((one, i) => synonyms.indexOf(one) !== i)).toEqual([])
      for (const synonym of synonyms) expect(synonym).toMatch(/^[^\s_A-Z-]+$/)
    }
  })
})
