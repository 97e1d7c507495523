import { beforeAll, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { buildTestApp } from '../test-app.ts'

describeOnEachDatabase('categories and departments', (db) => {
  let app: Awaited<ReturnType<typeof buildTestApp>>

  beforeAll(async () => {
    app = await buildTestApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
    return () => app.close()
  })

  it('are listed by their codes, with their place in the tree', async () => {
    await db().query(`
      INSERT INTO categories (code, parent_code, name, name_en, kind) VALUES
        ('01', NULL, '公用设施', 'public utilities', 'component'), ('0101', '01', '井盖', NULL, 'component');
      INSERT INTO departments (code, name) VALUES ('city', '城管局')`)
    expect((await app.inject('/api/categories')).json()).toEqual([
      { code: '01', parentCode: null, name: '公用设施', nameEn: 'public utilities', kind: 'component' },
      { code: '0101', parentCode: '01', name: '井盖', nameEn: null, kind: 'component' },
    ])
    expect((await app.inject('/api/departments')).json()).toEqual([
      { code: 'city', name: '城管局', nameEn: null },
    ])
  })
})
