import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Database } from '../database/database.ts'
import { addressNow, type ServerProcess, spawnServer } from '../test-server-process.ts'

interface KilledParts {
  db: Database
  /** the address of `db` */
  url: string
  /** how many are to be processes of their own */
  processes: number
}

interface Serving {
  port: number
  kill(): Promise<void>
}

/**
 * For tests: one server of a database after the other. Most run in this process, where the next one begins at once.
 * Beside them one starts in a process of its own, takes its turn when it is ready, and is ended by SIGKILL.
 */
export class KilledServers {
  readonly killed = { here: 0, processes: 0 }
  readonly #parts: KilledParts
  readonly #dataDir: string
  #serving: Serving | null = null
  /** the process that starts, or waits for its turn */
  #spare: ServerProcess | null = null

  private constructor(parts: KilledParts, dataDir: string) {
    this.#parts = parts
    this.#dataDir = dataDir
  }

  static async open(parts: KilledParts): Promise<KilledServers> {
    const servers = new KilledServers(parts, await mkdtemp(join(tmpdir(), 'grid-test-kill-')))
    servers.#spare = servers.#spawn()
    servers.#serving = await servers.#openHere()
    return servers
  }

  /** Where one listens; null: none does. */
  get port(): number | null {
    return this.#serving?.port ?? null
  }

  /** Of the process that serves next; null: there is none. */
  get next(): 'starting' | 'ready' | null {
    return this.#spare && (addressNow(this.#spare) === null ? 'starting' : 'ready')
  }

  /** Kills the one that serves, and opens the next one. @throws when a process has ended by itself */
  async killOne(): Promise<void> {
    const { kill } = this.#serving!
    this.#serving = null
    await kill()
    // None is left when it was a process
    if (this.killed.processes < this.#parts.processes) this.#spare ??= this.#spawn()
    this.#serving = this.#takeSpare() ?? (await this.#openHere())
  }

  async close(): Promise<void> {
    this.#spare?.child.kill('SIGKILL')
    await this.#spare?.ended
    await this.#serving?.kill()
    await rm(this.#dataDir, { recursive: true, force: true })
  }

  #takeSpare(): Serving | null {
    const spare = this.#spare
    if (!spare) return null
    const address = addressNow(spare)
    if (address) {
      this.#spare = null
      return { port: Number(new URL(address).port), kill: () => this.#killProcess(spare) }
    }
    if (spare.child.exitCode !== null) throw new Error(`A server did not start: ${spare.errors()}`)
    return null
  }

  async #killProcess({ child, ended, errors }: ServerProcess): Promise<void> {
    if (!child.kill('SIGKILL')) throw new Error(`A server ended by itself: ${errors()}`)
    await ended
    this.killed.processes += 1
  }

  #spawn(): ServerProcess {
    return spawnServer({ DATABASE_URL: this.#parts.url, DATA_DIR: this.#dataDir })
  }

  async #openHere(): Promise<Serving> {
    for (;;) {
      const app = await this.#listenHere().catch(() => null)
      if (!app) continue
      return {
        port: (app.server.address() as AddressInfo).port,
        kill: async () => {
          app.server.closeAllConnections()
          await app.close().catch(() => undefined)
          this.killed.here += 1
        },
      }
    }
  }

  async #listenHere() {
    const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: this.#parts.db })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return app
  }
}
