import type { Change } from '../../../domain/change.ts'
import type { FilterContext } from '../../../domain/columns/filter.ts'
import type { IncidentColumns } from '../../../domain/columns/incident-columns.ts'
import type { Language } from '../../../domain/district.ts'
import { raiseAlarms } from '../../../domain/wall/raise-alarms.ts'
import { readyMadeWall } from '../../../domain/wall/ready-made.ts'
import { READY_MADE_WALL_ID } from '../../../domain/wall/wall.ts'
import type { Database } from '../../database/database.ts'
import { describeAlarms } from './describe.ts'
import { purgeAlarms } from './queries.ts'
import { raiseOnce } from './raise.ts'
import { isReadyMadeShown, listRules, listTold, type ToldCase, type WatchedRules } from './raise-queries.ts'

const LOOK_EVERY_MS = 500
/** Deadlines come nearer without any change. */
const CLOCK_EVERY_MS = 10_000
const PURGE_EVERY_MS = 3_600_000
const KEPT_DAYS = 30
/** No rule looks back further than a day; what it told of before that it cannot find again. */
const TOLD_DAYS = 3
const RULE_TOPICS = new Set(['walls', 'wall_devices'])

/** The cases in memory. */
export interface WatchedColumns {
  isReady: boolean
  columns: IncidentColumns
  places: FilterContext
  /** another one whenever an answer could be */
  version: string
}

export interface AlarmKeeperParts {
  db: Database
  columns: WatchedColumns
  feed: { subscribe(listener: { changed(changes: readonly Change[]): void; lost(): void }): () => void }
  config: { language: Language; timeZone: string }
  warn: (details: object, message: string) => void
}

/** While a server runs: holds the cases against the alarm rules of all walls, as they change and as time passes. */
export class AlarmKeeper {
  readonly #parts: AlarmKeeperParts
  #rules: WatchedRules[] = []
  #rulesAreStale = true
  #told = new Set<string>()
  #seen = ''
  #clockAt = 0
  #purgeAt = 0
  #failing = false
  #timer: NodeJS.Timeout | undefined
  #unsubscribe = () => {}
  #running: Promise<void> = Promise.resolve()
  #closed = false

  constructor(parts: AlarmKeeperParts) {
    this.#parts = parts
  }

  start(): void {
    const refresh = () => {
      this.#rulesAreStale = true
    }
    this.#unsubscribe = this.#parts.feed.subscribe({
      changed: (changes) => {
        if (changes.some(({ topic }) => RULE_TOPICS.has(topic))) refresh()
      },
      lost: refresh,
    })
    const again = () => {
      this.#running = this.#look()
      this.#running.finally(() => {
        if (!this.#closed) this.#timer = setTimeout(again, LOOK_EVERY_MS).unref()
      })
    }
    again()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#unsubscribe()
    await this.#running
  }

  async #look(): Promise<void> {
    const { columns, warn } = this.#parts
    if (!columns.isReady) return
    try {
      await this.#keepUp()
      const isTime = Date.now() >= this.#clockAt
      const { version } = columns
      if (!isTime && version === this.#seen) return
      await this.#round(Date.now(), isTime)
      if (isTime) this.#clockAt = Date.now() + CLOCK_EVERY_MS
      this.#seen = version
      this.#failing = false
    } catch (error) {
      if (!this.#failing) warn({ err: error }, 'alarms cannot be raised; trying again')
      this.#failing = true
    }
  }

  async #keepUp(): Promise<void> {
    const { db } = this.#parts
    if (Date.now() >= this.#purgeAt) {
      await purgeAlarms(db, KEPT_DAYS)
      // What lies further back need not be remembered
      this.#told = new Set((await listTold(db, TOLD_DAYS)).map(keyOf))
      this.#purgeAt = Date.now() + PURGE_EVERY_MS
    }
    if (!this.#rulesAreStale) return
    this.#rulesAreStale = false
    try {
      this.#rules = await this.#readRules()
      this.#seen = ''
    } catch (error) {
      this.#rulesAreStale = true
      throw error
    }
  }

  async #readRules(): Promise<WatchedRules[]> {
    const { db, config } = this.#parts
    const rules = await listRules(db)
    if (!(await isReadyMadeShown(db))) return rules
    const { language, alarms } = readyMadeWall(config.language)
    return [...rules, { wallId: READY_MADE_WALL_ID, language, alarms }]
  }

  /** Raises what the rules alarm of at `nowMs`; those about deadlines only when it is their time. */
  async #round(nowMs: number, isTime: boolean): Promise<void> {
    const { columns, db, config } = this.#parts
    const now = Math.floor(nowMs / 1000)
    for (const watched of this.#rules) {
      if (this.#closed) return
      const { wallId } = watched
      const rules = isTime ? watched.alarms : watched.alarms.filter(({ when }) => when.kind !== 'due')
      const raised = raiseAlarms(columns.columns, rules, now, columns.places, (rule, incidentId) =>
        this.#told.has(keyOf({ wallId, ruleId: rule.id, incidentId })),
      )
      if (raised.length === 0) continue
      for (const alarm of await describeAlarms(db, watched, raised, now, config.timeZone)) {
        const { ruleId, incidentIds } = alarm
        const told = await raiseOnce(db, alarm)
        for (const incidentId of told.length > 0 ? told : incidentIds) {
          this.#told.add(keyOf({ wallId, ruleId, incidentId }))
        }
      }
    }
  }
}

const keyOf = ({ wallId, ruleId, incidentId }: ToldCase) => `${wallId} ${ruleId} ${incidentId}`
