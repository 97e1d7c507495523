import pg from 'pg'

const LONGEST_PAUSE_MS = 10_000

/**
 * One connection of its own that hears NOTIFY for every channel asked for. When it is lost it comes back by
 * itself, and then calls everybody once: what was sent meanwhile is not repeated by the server.
 */
export class PostgresListener {
  readonly #settings: pg.ClientConfig
  readonly #listeners = new Map<string, Set<() => void>>()
  #client: pg.Client | null = null
  #connecting: Promise<void> | null = null
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  /** There was a connection, and what was sent since is not heard. */
  #isLost = false
  #closed = false

  constructor(settings: pg.ClientConfig) {
    this.#settings = settings
  }

  /** Ready once the server listens: a NOTIFY that commits afterwards is heard. */
  async listen(channel: string, onNotify: () => void): Promise<() => Promise<void>> {
    const listener = () => onNotify()
    const others = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, others.add(listener))
    try {
      if (this.#client) await this.#client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      else await this.#connect()
    } catch (error) {
      others.delete(listener)
      throw error
    }
    return async () => {
      others.delete(listener)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#connecting?.catch(() => undefined)
    await this.#client?.end()
  }

  #connect(): Promise<void> {
    clearTimeout(this.#retry)
    this.#connecting ??= this.#open()
      .catch((error) => {
        if (this.#isLost) this.#reconnect()
        throw error
      })
      .finally(() => {
        this.#connecting = null
      })
    return this.#connecting
  }

  async #open(): Promise<void> {
    const client = new pg.Client(this.#settings)
    client.on('error', () => undefined)
    client.on('notification', ({ channel }) => this.#call(channel))
    try {
      await client.connect()
      for (const channel of this.#listeners.keys()) {
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      }
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    client.once('end', () => this.#reconnect())
    this.#client = client
    this.#failures = 0
    if (!this.#isLost) return
    this.#isLost = false
    for (const channel of this.#listeners.keys()) this.#call(channel)
  }

  #reconnect(): void {
    this.#client = null
    this.#isLost = true
    if (this.#closed) return
    const pause = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** this.#failures)
    this.#failures += 1
    this.#retry = setTimeout(() => {
      this.#connect().catch(() => undefined)
    }, pause)
    this.#retry.unref()
  }

  #call(channel: string): void {
    for (const onNotify of this.#listeners.get(channel) ?? []) onNotify()
  }
}
