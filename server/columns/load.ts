import { emptyColumns, type IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { appendRow } from '../../domain/columns/rows.ts'
import { EVERY_CASE } from '../../domain/scope.ts'
import type { Database, Queryable } from '../database/database.ts'
import type { RowCoder } from './coded-rows.ts'
import {
  type CaseSpan,
  countCases,
  hasCasesOutside,
  linesBehind,
  newestReport,
  seeOneMoment,
} from './queries.ts'

const PAGE = 20_000

/** The last second that the columns can hold, excluded: 2106-02-07T06:28:15Z. */
export const END_OF_TIME = 2 ** 32 - 1

export interface LoadProgress {
  loaded: number
  total: number
}

/** The hot span as the database held it at one moment. */
export interface HotSpan {
  columns: IncidentColumns
  /** first second of the span */
  from: number
  /** cases before the span, or at times that the columns cannot hold */
  othersExist: boolean
  asOf: Date
}

/**
 * First second of the span that is kept hot: `months` back from the month of the newest case, in UTC. By
 * months, so that it moves rarely and two servers agree on it. Without cases everything is hot.
 */
export function hotFrom(newest: number | null, months: number): number {
  if (newest === null) return 0
  const month = new Date(newest * 1000)
  return Math.max(0, Date.UTC(month.getUTCFullYear(), month.getUTCMonth() - months, 1) / 1000)
}

/** Reads the hot span page by page; memory beyond the columns stays at one page. */
export function loadHotSpan(
  db: Database,
  coder: RowCoder,
  months: number,
  onProgress: (progress: LoadProgress) => void = () => {},
): Promise<HotSpan> {
  return db.transaction(async (tx) => {
    const asOf = await seeOneMoment(tx)
    const from = hotFrom(await newestReport(tx), months)
    const span = { from, to: END_OF_TIME, scope: EVERY_CASE }
    const total = await countCases(tx, span)
    // Room for some weeks of new cases: growing moves everything
    const columns = emptyColumns(Math.ceil(total * 1.02) + 1000, coder.dictionaries)
    await appendSpan(tx, coder, columns, span, (loaded) => onProgress({ loaded, total }))
    return { columns, from, othersExist: await hasCasesOutside(tx, from, END_OF_TIME), asOf }
  })
}

/** A span that is not hot, as columns of its own; null when it has more than `mostRows` cases. */
export function loadSpan(
  db: Database,
  coder: RowCoder,
  span: CaseSpan,
  mostRows: number,
): Promise<IncidentColumns | null> {
  return db.transaction(async (tx) => {
    await seeOneMoment(tx)
    const total = await countCases(tx, span)
    if (total > mostRows) return null
    const columns = emptyColumns(total, coder.dictionaries)
    await appendSpan(tx, coder, columns, span)
    return columns
  })
}

async function appendSpan(
  db: Queryable,
  coder: RowCoder,
  columns: IncidentColumns,
  span: CaseSpan,
  onPage: (loaded: number) => void = () => {},
): Promise<void> {
  const start = { reportedAt: new Date(span.from * 1000).toISOString(), id: -1 }
  let reading = linesBehind(db, start, span, PAGE)
  for (;;) {
    const page = await reading
    if (!page) return
    // The database packs the next page while this one is unpacked
    reading = linesBehind(db, page.end, span, PAGE)
    reading.catch(() => undefined)
    for (const row of coder.read(page.lines)) appendRow(columns, row)
    onPage(columns.length)
  }
}
