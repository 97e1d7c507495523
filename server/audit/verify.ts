import type { Database, Queryable } from '../database/database.ts'
import { type Head, listChain, listHeads, readOneMoment, type StoredRow } from './queries.ts'
import { hashOf } from './record.ts'
import { readShipped, type Shipped } from './shipped-heads.ts'

/** Nothing younger may be gone. */
const LEAST_RETENTION_DAYS = 180
export const PURGE_ACTION = 'audit.purge'

const PAGE_ROWS = 2000
const DAY_MS = 86_400_000

/** Where the audit is not what was written, and in what. */
export interface Tampering {
  day: string
  /** the first row that differs; null: the day as a whole */
  seq: number | null
  what: string
}

export interface AuditVerdict {
  rows: number
  days: number
  /** days whose rows were purged by age */
  purgedDays: number
  /** lines of the head file that were compared; null: there is no file */
  shippedHeads: number | null
  /** lines of it that say nothing, but for those that a crash cut off */
  unreadableLines: number
  /** the first of each day that differs, in the order of the days */
  tampering: Tampering[]
}

/**
 * Reads the whole audit and computes the chain again: an edited row, one that is gone, added or moved, a day that is
 * gone, and, by `headFile`, a tail that was cut off or a chain that was computed anew.
 */
export async function verifyAudit(db: Database, headFile: string, now = new Date()): Promise<AuditVerdict> {
  const { shipped, ...file } = await readShipped(headFile)
  return db.transaction(async (tx) => {
    await readOneMoment(tx)
    const heads = await listHeads(tx, null)
    const oldest = new Date(now.getTime() - LEAST_RETENTION_DAYS * DAY_MS).toISOString().slice(0, 10)
    const verdict = { rows: 0, days: heads.length, purgedDays: 0, ...file }
    const found = new Map<string, Tampering>()
    const report = (day: string, seq: number | null, what: string) => {
      if (!found.has(day)) found.set(day, { day, seq, what })
    }
    const days = new Days(heads, shipped, report)
    let purgedThrough = ''
    for await (const row of chainOf(tx)) {
      verdict.rows++
      days.take(row)
      if (row.action === PURGE_ACTION && row.actorKind === 'system') purgedThrough = throughOf(row)
    }
    const gone = days.end()
    for (const { day, isFirst } of gone) {
      if (isFirst && day < oldest && day <= purgedThrough) verdict.purgedDays++
      else report(day, null, 'all rows of the day are gone')
    }
    days.compareUnseen(new Set(gone.map(({ day }) => day)))
    const tampering = [...found.values()].sort((one, other) => (one.day < other.day ? -1 : 1))
    return { ...verdict, tampering }
  })
}

async function* chainOf(db: Queryable): AsyncGenerator<StoredRow> {
  let last: StoredRow | null = null
  for (;;) {
    const rows: StoredRow[] = await listChain(db, last, PAGE_ROWS)
    yield* rows
    last = rows.at(-1) ?? null
    if (rows.length < PAGE_ROWS) return
  }
}

function throughOf({ after }: StoredRow): string {
  const { through } = JSON.parse(after ?? '{}') as { through?: unknown }
  return typeof through === 'string' ? through : ''
}

/** Walks along the rows and the heads at once. */
class Days {
  readonly #heads: Head[]
  readonly #shipped: Shipped
  readonly #report: (day: string, seq: number | null, what: string) => void
  readonly #gone: { day: string; isFirst: boolean }[] = []
  #next = 0
  #hasRows = false
  #current: { day: string; seq: number } | null = null
  #hash: Uint8Array = new Uint8Array()

  constructor(
    heads: Head[],
    shipped: Shipped,
    report: (day: string, seq: number | null, what: string) => void,
  ) {
    this.#heads = heads
    this.#shipped = shipped
    this.#report = report
  }

  take(row: StoredRow): void {
    const { day } = row
    if (this.#current?.day !== day) {
      this.#endDay()
      this.#skipTo(day)
      this.#current = { day, seq: 0 }
      this.#hasRows = true
    }
    const current = this.#current!
    const expected = current.seq + 1
    if (row.seq !== expected) this.#report(day, expected, `row ${expected} is gone: row ${row.seq} follows`)
    const { hash, ...told } = row
    if (!isSame(hashOf(told, this.#hash), hash)) {
      this.#report(day, row.seq, `row ${row.seq} is not what was written, or what stood before it is gone`)
    }
    const shipped = this.#shipped.get(day)?.get(row.seq)
    if (shipped !== undefined && shipped !== Buffer.from(hash).toString('hex')) {
      this.#report(day, row.seq, `row ${row.seq} is another one than the head file names`)
    }
    current.seq = row.seq
    this.#hash = hash
  }

  /** Answers the days that have a head and no rows; `isFirst`: no row is older. */
  end(): { day: string; isFirst: boolean }[] {
    this.#endDay()
    this.#skipTo(null)
    return this.#gone
  }

  /** Rows that the head file names and the table has not. */
  compareUnseen(gone: ReadonlySet<string>): void {
    const heads = new Map(this.#heads.map((head) => [head.day, head]))
    for (const [day, rows] of this.#shipped) {
      const head = heads.get(day)
      if (!head) {
        this.#report(day, null, 'the head file names this day, the table does not')
        continue
      }
      const last = Math.max(...rows.keys())
      if (last > head.seq) {
        this.#report(day, head.seq + 1, `the end of the day is cut off: the head file names row ${last}`)
      }
      const atHead = rows.get(head.seq)
      if (gone.has(day) && atHead !== undefined && atHead !== Buffer.from(head.hash).toString('hex')) {
        this.#report(day, head.seq, 'the head of this day is another one than the head file names')
      }
    }
  }

  #endDay(): void {
    if (!this.#current) return
    const { day, seq } = this.#current
    const head = this.#heads[this.#next]
    if (head?.day !== day) {
      this.#report(day, null, 'the day has rows and no head: rows were added, or the head is gone')
      return
    }
    this.#next++
    if (head.seq > seq)
      this.#report(day, seq + 1, `the end of the day is cut off: its head is row ${head.seq}`)
    else if (head.seq < seq) this.#report(day, head.seq + 1, `rows stand behind the head, row ${head.seq}`)
    else if (!isSame(head.hash, this.#hash))
      this.#report(day, seq, 'the head has another hash than the last row')
  }

  /** Passes the heads before `day`, which have no rows: the chain goes on from them. */
  #skipTo(day: string | null): void {
    for (;;) {
      const head = this.#heads[this.#next]
      if (!head || (day !== null && head.day >= day)) return
      this.#gone.push({ day: head.day, isFirst: !this.#hasRows })
      this.#hash = head.hash
      this.#next++
    }
  }
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0
