import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Language } from '../../domain/district.ts'
import type { ImportPlace } from '../../domain/import-options.ts'
import { type RejectReason, reasonText } from '../../domain/import-reasons.ts'
import { BYTE_ORDER_MARK, csvLine } from '../csv-cell.ts'

export interface RejectedRow {
  /** counted through all files of the import, from 1 */
  row: number
  key: string | null
  field: string
  reason: RejectReason
}

const HEADER = 'file,row,key,field,reason,explanation\n'

/**
 * The rejected rows of one import as a table for spreadsheets, written as they are found; the file comes into
 * being with the first one.
 */
export class RejectReport {
  readonly counts: Partial<Record<RejectReason, number>> = {}
  total = 0
  private stream: WriteStream | null = null
  /** why it can be written no more: a full disk, say */
  private fault: Error | null = null
  private readonly starts: { file: string; before: number }[] = []

  /** @param file path under `dataDir` */
  constructor(
    private readonly dataDir: string,
    private readonly file: string,
    private readonly language: Language,
    private readonly place: ImportPlace,
  ) {}

  /** Rows from here on are of `file`, whose first is row `before` + 1 of the import. */
  startFile(file: string, before: number): void {
    this.starts.push({ file: basename(file), before })
  }

  async add({ row, key, field, reason }: RejectedRow): Promise<void> {
    this.total++
    this.counts[reason] = (this.counts[reason] ?? 0) + 1
    const start = this.starts.findLast(({ before }) => before < row)
    const explanation = reasonText(reason, this.language, this.place)
    const line = [start?.file ?? '', row - (start?.before ?? 0), key ?? '', field, reason, explanation]
    const stream = this.stream ?? (await this.open())
    if (this.fault) throw this.fault
    if (!stream.write(csvLine(line))) await once(stream, 'drain')
  }

  /** Answers the path under `dataDir`; null when nothing was rejected. */
  async close(): Promise<string | null> {
    if (!this.stream) return null
    if (!this.stream.writableEnded) this.stream.end()
    await finished(this.stream)
    return this.file
  }

  private async open(): Promise<WriteStream> {
    const path = join(this.dataDir, this.file)
    await mkdir(dirname(path), { recursive: true })
    this.stream = createWriteStream(path).on('error', (error) => {
      this.fault = error
    })
    this.stream.write(BYTE_ORDER_MARK + HEADER)
    return this.stream
  }
}
