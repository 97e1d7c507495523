import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { RejectReport } from './reject-report.ts'

it('is a table that spreadsheets open as text, in the language of the district, rows counted by file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'report-test-'))
  try {
    const report = new RejectReport(folder, 'reports/import-1-rejected.csv', 'zh-CN', 'web')
    report.startFile('/data/a.csv', 0)
    await report.add({ row: 3, key: '=HYPERLINK("x")', field: 'code', reason: 'duplicate-key' })
    report.startFile('/data/b.csv', 10)
    await report.add({ row: 11, key: null, field: '', reason: 'column-count' })
    expect(await report.close()).toBe('reports/import-1-rejected.csv')
    expect(report.counts).toEqual({ 'duplicate-key': 1, 'column-count': 1 })
    const text = await readFile(join(folder, 'reports/import-1-rejected.csv'), 'utf8')
    expect(text.startsWith('\ufefffile,row,key,field,reason,explanation\n')).toBe(true)
    expect(text).toContain(`a.csv,3,"'=HYPERLINK(""x"")",code,duplicate-key,编码在文件中重复`)
    expect(text).toContain('b.csv,1,,,column-count,')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
  const report = new RejectReport('/dev', 'full', 'en', 'web')
  const fill = async () => {
    for (let row = 1; row < 5000; row++) {
      await report.add({ row, key: 'a'.repeat(100), field: 'code', reason: 'duplicate-key' })
    }
  }
  await expect(fill()).rejects.toMatchObject({ code: 'ENOSPC' })
  await expect(report.close()).rejects.toMatchObject({ code: 'ENOSPC' })
})

it('is no file when nothing was rejected', async () => {
  expect(await new RejectReport('/nowhere', 'a.csv', 'en', 'web').close()).toBeNull()
})
