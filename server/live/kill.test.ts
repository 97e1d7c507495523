import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { LiveChanges } from '../../domain/live/live-event.ts'
import { buildApp } from '../app.ts'
import { insertDistrict } from '../columns/test-district.ts'
import { readConfig } from '../config.ts'
import type { Queryable } from '../database/database.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { TestListener } from './test-live-client.ts'

/** 50,000 are owed; fewer in the course of all tests, which take their time too. */
const EVENTS = Number(process.env.LIVE_KILL_EVENTS ?? 2000)
const LONG = 60_000 + EVENTS * 20
const WRITERS = 4
/** Below what makes a screen load anew: here each change is to be told, however slow the machine is. */
const MOST_BEHIND = 3000
/** So that 50,000 take a minute, and not six. */
const MOST_OF_ONE = Math.max(12, Math.round(EVENTS / 500))

const random = (least: number, most: number) => least + Math.floor(Math.random() * (most - least + 1))

/** What stands between a screen and the server, and can be cut. */
class CutProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: () => number) {
    this.#server = createServer((from) => {
      const to = connect(target(), '127.0.0.1')
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        this.#sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          this.#sockets.delete(one)
          other.destroy()
        })
      }
    }).listen(0, '127.0.0.1')
  }
  static async open(target: () => number): Promise<CutProxy> {
    const proxy = new CutProxy(target)
    await once(proxy.#server, 'listening')
    return proxy
  }
  get base() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  cut() {
    for (const socket of this.#sockets) socket.destroy()
  }
  close() {
    this.cut()
    this.#server.close()
  }
}

/** A screen that comes back where it was whenever it is cut off. */
class Screen {
  readonly told: number[] = []
  reloads = 0
  /** events that named no cases, because there were too many */
  unnamed = 0
  connections = 0
  #last: string | null = null
  #stopped = false
  #listener: TestListener | null = null
  readonly done: Promise<void>

  constructor(base: string, cookie: string) {
    this.done = this.#listen(base, cookie)
  }
  get isThere() {
    return this.#last !== null
  }
  stop() {
    this.#stopped = true
    this.#listener?.close()
  }
  async #listen(base: string, cookie: string) {
    while (!this.#stopped) {
      this.#listener = new TestListener(base, cookie, this.#last, ({ name, id, data }) => {
        if (id) this.#last = id
        if (name === 'reload') this.reloads += 1
        if (name !== 'changes') return
        const { cases, topics }: LiveChanges = JSON.parse(data)
        for (const one of cases) this.told.push(one.id)
        if (topics.includes('incidents')) this.unnamed += 1
      })
      this.connections += 1
      while (!this.#listener.ended && !this.#stopped) await sleep(10)
      await sleep(20)
    }
  }
}

describeOnEachDatabase('a screen that everything is taken from, again and again', (db, kind) => {
  // The embedded database has one session, which is not cut
  it.skipIf(kind === 'embedded')(
    'is told every change once, through killed servers, connections and a proxy',
    async () => {
      await insertDistrict(db())
      const cookie = await signIn(db())
      const open = async () => {
        const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent' }), db: db() })
        await app.listen({ host: '127.0.0.1', port: 0 })
        return app
      }
      let app = await open()
      const proxy = await CutProxy.open(() => (app.server.address() as AddressInfo | null)?.port ?? 1)
      const screen = new Screen(proxy.base, cookie)
      await expect.poll(() => screen.isThere, { timeout: 10_000 }).toBe(true)

      let written = 0
      const insert = (tx: Queryable, count: number) =>
        tx.query(
          `INSERT INTO incidents (number, category_code, geom, area_code, reported_at)
           SELECT gen_random_uuid()::text, 'road', ST_SetSRID(ST_MakePoint(116, 39), 4326), '110101001001', now()
             FROM generate_series(1, $1::int)`,
          [count],
        )
      const write = async (work: (tx: Queryable) => Promise<number>) => {
        while (written < EVENTS) {
          if (written - screen.told.length > MOST_BEHIND) {
            await sleep(20)
            continue
          }
          await db()
            .transaction(work)
            .then(
              (count) => {
                written += count
              },
              () => sleep(5),
            )
        }
      }
      const small = async (tx: Queryable) => {
        const count = random(1, MOST_OF_ONE)
        await insert(tx, count)
        if (random(1, 20) === 1) throw new Error('thought better of it')
        return count
      }
      // Begins before others, commits behind them
      const late = async (tx: Queryable) => {
        await insert(tx, 20)
        await sleep(random(100, 900))
        await insert(tx, 20)
        return 40
      }
      const writers = [...Array.from({ length: WRITERS }, () => write(small)), write(late), write(late)]

      const kills = { server: 0, database: 0, proxy: 0 }
      let isWriting = true
      const killing = (async () => {
        while (isWriting) {
          await sleep(random(100, 400))
          const what = (['proxy', 'proxy', 'database', 'database', 'server'] as const)[random(0, 4)]!
          kills[what] += 1
          if (what === 'proxy') proxy.cut()
          else if (what === 'database') {
            await db()
              .query(
                `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5`,
              )
              .catch(() => undefined)
          } else {
            app.server.closeAllConnections()
            await app.close().catch(() => undefined)
            for (;;) {
              const next = await open().catch(() => null)
              if (next) {
                app = next
                break
              }
            }
          }
        }
      })()
      const start = Date.now()
      try {
        await Promise.all(writers)
        isWriting = false
        await killing
        const seconds = (Date.now() - start) / 1000
        const { rows } = await db().query<{ id: number }>('SELECT id FROM incidents ORDER BY id')
        // Says with a failure whether the screen was told to load anew, or a change was lost
        await expect
          .poll(
            () => ({
              reloads: screen.reloads,
              unnamed: screen.unnamed,
              missing: Math.max(0, rows.length - screen.told.length),
            }),
            { timeout: 30_000 },
          )
          .toEqual({ reloads: 0, unnamed: 0, missing: 0 })
        await sleep(500)
        console.log(
          `${rows.length} changes in ${seconds.toFixed(1)} s; killed: server ${kills.server}, connections to the ` +
            `database ${kills.database}, proxy ${kills.proxy}; the screen connected ${screen.connections} times and ` +
            `was told ${screen.told.length}, ${new Set(screen.told).size} of them different`,
        )
        expect([screen.reloads, screen.unnamed]).toEqual([0, 0])
        expect(screen.told.sort((a, b) => a - b)).toEqual(rows.map(({ id }) => id))
        const changes = await db().query(`SELECT FROM changes WHERE topic = 'incident'`)
        expect(changes.rowCount).toBe(rows.length)
      } finally {
        isWriting = false
        written = EVENTS
        screen.stop()
        proxy.close()
        await app.close()
      }
    },
    LONG,
  )
})
