import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { RejectPage } from '../../../domain/import-job.ts'

/**
 * Rejected rows of a report as `RejectReport` writes it. A page begins where the one before it ended: `from` is
 * a place in the file, so that the last page of a long report comes as quickly as the first.
 */
export async function readRejects(path: string, from: number, limit: number): Promise<RejectPage> {
  const items: RejectPage['items'] = []
  const file = createReadStream(path, { start: from })
  const parser = file.pipe(parse({ bom: from === 0, from: from === 0 ? 2 : 1, info: true }))
  file.on('error', (error) => parser.destroy(error))
  let end = from
  try {
    for await (const { info, record } of parser as AsyncIterable<{
      info: { bytes: number }
      record: string[]
    }>) {
      if (items.length === limit) return { items, next: String(end) }
      const [name, row, key, field, reason] = record
      items.push({ file: name!, row: Number(row), key: key!, field: field!, reason: reason! })
      end = from + info.bytes
    }
  } finally {
    file.destroy()
    parser.destroy()
  }
  return { items, next: null }
}
