import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../domain/change.ts'
import { compileFilter, type FilterContext, type Selection, secondOf } from '../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { applyRows, dropFirstRows } from '../../domain/columns/rows.ts'
import { lowerBound } from '../../domain/columns/time-span.ts'
import { latitudeOf } from '../../domain/density/hexagons.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { dayOf } from '../../domain/local-day.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database } from '../database/database.ts'
import { badField, stillLoading } from '../errors.ts'
import { RowCoder } from './coded-rows.ts'
import { END_OF_TIME, type HotSpan, hotFrom, type LoadProgress, loadHotSpan, loadSpan } from './load.ts'
import { loadPlaces, type Places } from './places.ts'
import { linesOf } from './queries.ts'

const IDS_AT_ONCE = 1000
const RETRY_MS = 2000
const DAY_CHECK_MS = 30_000
const LONGEST_WAIT_MS = 10_000
/** Cases outside the hot span that are read for one answer. */
const MOST_COLD_CASES = 1_000_000
const SECONDS_A_DAY = 86_400

/** Where the store hears of changes. */
export interface ChangeFeed {
  /** everything visible there has been told, or was before anybody listened */
  readonly position: string
  subscribe(listener: { changed(changes: readonly Change[]): void; lost(): void }): () => void
}

export interface ColumnStoreParts {
  db: Database
  feed: ChangeFeed
  config: { hotMonths: number; timeZone: string }
  log: { warn(details: object, message: string): void }
  onProgress?: (progress: LoadProgress) => void
}

/**
 * The hot span of all cases in memory, kept as the database has it: single cases are brought up to date in
 * place, after a bulk change everything is read anew beside the columns in use and takes their place when it
 * is whole. Whoever reads gets columns that hold still until the next `await`.
 */
export class ColumnStore {
  /** Settled when the first load is done. */
  readonly ready: Promise<void>
  readonly #parts: ColumnStoreParts
  readonly #coder = new RowCoder()
  readonly #instance = randomBytes(6).toString('base64url')
  #state: { span: HotSpan; places: Places; position: string } | null = null
  #version = 0
  /** Cases that changed and are not yet brought up to date. */
  #changedIds = new Set<number>()
  /** Cases that changed since the load now running began. */
  #changedDuringLoad: Set<number> | null = null
  #placesAreStale = false
  #reloadWanted = false
  #applying: Promise<void> | null = null
  #reloading: Promise<void> | null = null
  /** Reading single cases and swapping columns take turns. */
  #turn: Promise<unknown> = Promise.resolve()
  #settleReady: () => void = () => {}
  readonly #unsubscribe: () => void
  readonly #dayCheck: NodeJS.Timeout
  readonly #closing = new AbortController()

  /** The feed must be running: what commits while the store loads reaches it that way. */
  constructor(parts: ColumnStoreParts) {
    this.#parts = parts
    this.#unsubscribe = parts.feed.subscribe({
      changed: (changes) => this.#take(changes),
      lost: () => this.#startAnew(),
    })
    this.#dayCheck = setInterval(() => this.#checkDay(), DAY_CHECK_MS)
    this.#dayCheck.unref()
    this.ready = new Promise((resolve) => {
      this.#settleReady = resolve
    })
    this.#reload()
  }

  get isReady(): boolean {
    return this.#state !== null
  }

  /** @throws RequestError 503 when the first load takes longer than somebody who asks should wait */
  async whenReady(): Promise<void> {
    if (this.isReady) return
    const late = new AbortController()
    const timeout = sleep(LONGEST_WAIT_MS, undefined, { signal: late.signal, ref: false })
    await Promise.race([this.ready, timeout.catch(() => undefined)])
    late.abort()
    if (!this.isReady) throw stillLoading()
  }

  get columns(): IncidentColumns {
    return this.#loaded.span.columns
  }

  get places(): Places {
    return this.#loaded.places
  }

  /** Changes whenever an answer could; never used twice, also not by another process. */
  get version(): string {
    return `${this.#instance}-${this.#version}`
  }

  /** How far in the outbox: every change visible there is in the columns and places. */
  get position(): string {
    return this.#loaded.position
  }

  /** Where hexagons of this district are true to size, degrees. */
  get latitude(): number {
    return latitudeOf(this.places.latitude, this.columns)
  }

  /** When the data last changed, as far as it is known here. */
  get asOf(): Date {
    return this.#loaded.span.asOf
  }

  /** Whether every case from `from` on (ISO 8601; undefined: since ever) is in the columns. */
  covers(from: string | undefined): boolean {
    const { span } = this.#loaded
    return !span.othersExist || (secondOf(from) ?? 0) >= span.from
  }

  select(filter: IncidentFilter, scope: CaseScope): Selection {
    return compileFilter(filter, this.columns, this.contextOf(scope))
  }

  /** What a filter means for somebody who sees these cases. */
  contextOf({ areas, departmentCode }: CaseScope): FilterContext {
    return { ...this.places, scope: areas, departmentCode }
  }

  /**
   * Cases of `scope` outside the hot span, as columns of their own.
   * @throws RequestError when there are more than one answer may hold
   */
  async loadSpan(
    from: string | undefined,
    to: string | undefined,
    scope: CaseScope,
    mostRows = MOST_COLD_CASES,
  ): Promise<IncidentColumns> {
    const first = Math.max(0, secondOf(from) ?? 0)
    const end = Math.min(END_OF_TIME, secondOf(to) ?? END_OF_TIME)
    const span = await loadSpan(this.#parts.db, this.#coder, { from: first, to: end, scope }, mostRows)
    if (span) return span
    throw badField(
      'from',
      `more than ${mostRows.toLocaleString('en')} of the cases are too old to be held in memory`,
      'Ask for a shorter or a newer span, or for density by grid, community, street or district.',
    )
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearInterval(this.#dayCheck)
    this.#unsubscribe()
    await Promise.allSettled([this.#reloading, this.#applying])
  }

  get #loaded() {
    if (!this.#state) throw stillLoading()
    return this.#state
  }

  #take(changes: readonly Change[]): void {
    for (const { topic, key } of changes) {
      if (topic === 'incident') {
        this.#changedIds.add(Number(key))
        this.#changedDuringLoad?.add(Number(key))
      } else if (topic === 'incidents') {
        this.#reloadWanted = true
      } else if (topic === 'grids' || topic === 'areas' || topic === 'categories') {
        this.#placesAreStale = true
      }
    }
    this.#catchUp()
  }

  #startAnew(): void {
    this.#placesAreStale = true
    this.#reloadWanted = true
    this.#catchUp()
  }

  /** Grids come into force at midnight without any change. */
  #checkDay(): void {
    if (!this.#state) return
    const day = dayOf(Date.now() / 1000, this.#parts.config.timeZone)
    if (day === this.#state.places.day) return
    this.#placesAreStale = true
    this.#catchUp()
  }

  #catchUp(): void {
    if (!this.#state || this.#closing.signal.aborted) return
    if (this.#changedIds.size > 0 || this.#placesAreStale) {
      this.#applying ??= this.#apply().finally(() => {
        this.#applying = null
        this.#catchUp()
      })
    }
    if (this.#reloadWanted) this.#reload()
    // What was told of other things changes nothing here
    if (!this.#applying && !this.#reloading) this.#state.position = this.#parts.feed.position
  }

  async #apply(): Promise<void> {
    while (!this.#closing.signal.aborted && (this.#changedIds.size > 0 || this.#placesAreStale)) {
      try {
        if (this.#placesAreStale) await this.#refreshPlaces()
        if (this.#changedIds.size > 0) await this.#inTurn(() => this.#applySome())
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'changed cases cannot be read; trying again')
        await this.#pause(RETRY_MS)
      }
    }
  }

  async #refreshPlaces(): Promise<void> {
    this.#placesAreStale = false
    try {
      const places = await loadPlaces(this.#parts.db, this.#parts.config.timeZone)
      this.#loaded.places = places
      this.#version += 1
    } catch (error) {
      this.#placesAreStale = true
      throw error
    }
  }

  async #applySome(): Promise<void> {
    const { position } = this.#parts.feed
    const ids = takeSome(this.#changedIds)
    const isAll = this.#changedIds.size === 0
    const state = this.#loaded
    const { span } = state
    try {
      await this.#bringUpToDate(span, ids)
    } catch (error) {
      for (const id of ids) this.#changedIds.add(id)
      throw error
    }
    this.#moveSpan(span)
    span.asOf = new Date()
    this.#version += 1
    // Of what waits for something else to be read anew nothing is known here
    if (isAll && !this.#placesAreStale && !this.#reloadWanted && !this.#reloading) state.position = position
  }

  async #bringUpToDate(span: HotSpan, ids: readonly number[]): Promise<void> {
    const { lines, others } = await linesOf(this.#parts.db, ids, span.from, END_OF_TIME)
    applyRows(span.columns, ids, this.#coder.read(lines))
    span.othersExist ||= others
  }

  /** The span follows the newest case. When that case goes away, the span may have to reach back again. */
  #moveSpan(span: HotSpan): void {
    const { columns } = span
    const future = Math.floor(Date.now() / 1000) + SECONDS_A_DAY
    const newest = lowerBound(columns.reportedAt, future, 0, columns.length) - 1
    const from = hotFrom(columns.reportedAt[newest] ?? null, this.#parts.config.hotMonths)
    if (from < span.from && span.othersExist) {
      this.#reloadWanted = true
      this.#catchUp()
      return
    }
    const cooled = lowerBound(columns.reportedAt, from, 0, columns.length)
    dropFirstRows(columns, cooled)
    span.othersExist ||= cooled > 0
    span.from = from
  }

  #reload(): void {
    this.#reloading ??= this.#reloadUntilCurrent().finally(() => {
      this.#reloading = null
      this.#catchUp()
    })
  }

  async #reloadUntilCurrent(): Promise<void> {
    do {
      const start = Date.now()
      this.#reloadWanted = false
      try {
        await this.#loadBeside()
      } catch (error) {
        if (this.#closing.signal.aborted) return
        this.#reloadWanted = true
        this.#parts.log.warn({ err: error }, 'the cases cannot be loaded; trying again')
        await this.#pause(RETRY_MS)
        continue
      } finally {
        this.#changedDuringLoad = null
      }
      this.#catchUp()
      // An import tells of every part of it: half of the time is left to everybody else
      if (this.#reloadWanted) await this.#pause(Date.now() - start)
    } while (this.#reloadWanted && !this.#closing.signal.aborted)
  }

  async #loadBeside(): Promise<void> {
    const { db, config, onProgress } = this.#parts
    const changed = new Set<number>()
    this.#changedDuringLoad = changed
    const { position } = this.#parts.feed
    const isFirst = !this.#state
    const places = this.#state?.places ?? (await loadPlaces(db, config.timeZone))
    const span = await loadHotSpan(db, this.#coder, config.hotMonths, (progress) => {
      this.#closing.signal.throwIfAborted()
      if (isFirst) onProgress?.(progress)
    })
    await this.#inTurn(async () => {
      // What the columns in use have learnt meanwhile must not be forgotten for a moment
      while (changed.size > 0) await this.#bringUpToDate(span, takeSome(changed))
      // Places may be on their way: who brings them up to date moves the position on
      const reached = this.#applying && this.#state ? this.#state.position : position
      this.#state = { span, places: this.#state?.places ?? places, position: reached }
      this.#version += 1
      this.#settleReady()
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal, ref: false }).catch(() => undefined)
  }
}

/** Takes them out before they are read: one that changes while it is read goes in again. */
function takeSome(ids: Set<number>): number[] {
  const some = [...ids].slice(0, IDS_AT_ONCE)
  for (const id of some) ids.delete(id)
  return some
}
