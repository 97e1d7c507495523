import type { Config } from '../config.ts'
import type { Database } from '../database/database.ts'
import { HeadFile } from './head-file.ts'
import { purgeAudit } from './purge.ts'

const APPEND_EVERY_MS = 3_000
const PURGE_EVERY_MS = 86_400_000

export interface AuditKeeperParts {
  db: Database
  config: Pick<Config, 'auditHeadsFile' | 'auditRetentionDays'>
  warn: (details: object, message: string) => void
}

/** While a server runs: writes the heads of the audit to their file and lets go of what is old. */
export class AuditKeeper {
  readonly #parts: AuditKeeperParts
  readonly #file: HeadFile
  readonly #timers: NodeJS.Timeout[] = []
  #running: Promise<void> = Promise.resolve()

  constructor(parts: AuditKeeperParts) {
    this.#parts = parts
    this.#file = new HeadFile(parts.db, parts.config.auditHeadsFile)
  }

  start(): void {
    const { db, config } = this.#parts
    const purge = () =>
      this.#next(() => purgeAudit(db, config.auditRetentionDays), 'old rows of the audit stay')
    const append = () => this.#next(() => this.#file.append(), 'the heads of the audit are not in their file')
    purge()
    this.#timers.push(
      setInterval(purge, PURGE_EVERY_MS).unref(),
      setInterval(append, APPEND_EVERY_MS).unref(),
    )
  }

  /** The last heads are in the file afterwards. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#next(() => this.#file.append(), 'the heads of the audit are not in their file')
    await this.#running
  }

  #next(work: () => Promise<void>, fault: string): void {
    this.#running = this.#running.then(work).catch((error) => this.#parts.warn({ err: error }, fault))
  }
}
