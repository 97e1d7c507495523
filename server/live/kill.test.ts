import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { formatSnapshot, isVisible, parsePosition } from '../../domain/live/position.ts'
import { insertDistrict } from '../columns/test-district.ts'
import type { Database, Queryable } from '../database/database.ts'
import { describeOnEachDatabase, urlOf } from '../database/test-database.ts'
import { signIn } from '../test-app.ts'
import { liveCases } from './queries.ts'
import { oneOf, random, type Written, writeLate, writeSome } from './test-case-writes.ts'
import { CutProxy } from './test-cut-proxy.ts'
import { KilledServers } from './test-killed-servers.ts'
import { Screen, type Telling } from './test-screen.ts'

/** 50,000 are owed; fewer in the course of all tests, which take their time too. */
const EVENTS = Number(process.env.LIVE_KILL_EVENTS ?? 2000)
/** As many servers at least are killed that are processes of their own. */
const PROCESSES = Math.max(1, Math.round(EVENTS / 5000))
const LONG = 120_000 + EVENTS * 20
const WRITERS = 4
/** Below what makes a screen load anew: here each change is to be told, however slow the machine is. */
const MOST_BEHIND = 3000
/** So that 50,000 take minutes, and not an hour. */
const MOST_OF_ONE = Math.max(12, Math.round(EVENTS / 500))

/** `isStarting`: a process does, which a cut would end; it keeps its connections. */
const cutDatabase = (db: Database, isStarting: boolean) =>
  db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5
        AND NOT ($1::boolean AND application_name = 'grid-management web')`,
    [isStarting],
  )

/** Changes that nobody was told who stands at `position`. */
async function countBehind(db: Database, position: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*) FROM changes
      WHERE xid >= pg_snapshot_xmin($1::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot)`,
    [formatSnapshot(parsePosition(position)!.snapshot)],
  )
  return rows[0]!.count
}

/**
 * Each transaction comes into sight between two positions, and the event between them is to name what it changed:
 * the cases that one left out, those that one named without a change, or twice, and those of no event at all.
 */
async function faultsOf(db: Database, tellings: readonly Telling[]) {
  const { rows } = await db.query<{ xid: string; ids: number[] }>(
    `SELECT xid::text, array_agg(DISTINCT key::bigint) AS ids FROM changes WHERE topic = 'incident' GROUP BY xid`,
  )
  let behind = rows.map(({ xid, ids }) => ({ xid: BigInt(xid), ids }))
  const faults = { leftOut: [] as number[], unfounded: [] as number[], untold: [] as number[] }
  for (const { position, named } of tellings) {
    const { snapshot } = parsePosition(position)!
    const isNew = ({ xid }: { xid: bigint }) => isVisible(xid, snapshot)
    const owed = new Set(behind.filter(isNew).flatMap(({ ids }) => ids))
    behind = behind.filter((one) => !isNew(one))
    for (const id of named) if (!owed.delete(id)) faults.unfounded.push(id)
    faults.leftOut.push(...owed)
  }
  faults.untold.push(...behind.flatMap(({ ids }) => ids))
  return faults
}

describeOnEachDatabase('a screen that everything is taken from, again and again', (db, kind) => {
  // The embedded database has one session, which is not cut
  it.skipIf(kind === 'embedded')(
    'is told every change once and holds what the table holds, through killed servers, connections and a proxy',
    async () => {
      const { rows: own } = await db().query<{ name: string }>('SELECT current_database()::text AS name')
      await insertDistrict(db())
      const cookie = await signIn(db())
      const url = urlOf(own[0]!.name)
      const servers = await KilledServers.open({ db: db(), url, processes: PROCESSES })
      onTestFinished(() => servers.close())
      const proxy = await CutProxy.open(() => servers.port ?? 1)
      onTestFinished(() => proxy.close())
      const screen = new Screen(proxy.base, cookie)
      onTestFinished(() => screen.stop())
      await expect.poll(() => screen.position, { timeout: 30_000 }).not.toBeNull()

      let isWriting = true
      let behind = 0
      const watching = async () => {
        while (isWriting) {
          behind = await countBehind(db(), screen.position!).catch(() => behind)
          await sleep(100)
        }
      }
      const written: Written = { insert: 0, update: 0, remove: 0 }
      const total = () => written.insert + written.update + written.remove
      const isEnough = () => total() >= EVENTS && servers.killed.processes >= PROCESSES
      // Some are left for each process that is still to be killed, which starts sooner beside slow writers
      const isAhead = () => total() / EVENTS > (servers.killed.processes + 1) / (PROCESSES + 1)
      const write = async (work: (tx: Queryable) => Promise<Written>) => {
        while (isWriting && !isEnough()) {
          if (behind > MOST_BEHIND) {
            await sleep(20)
            continue
          }
          if (isAhead()) await sleep(300)
          await db()
            .transaction(work)
            .then(
              ({ insert, update, remove }) => {
                written.insert += insert
                written.update += update
                written.remove += remove
              },
              () => sleep(5),
            )
        }
      }
      const writing = async () => {
        const some = Array.from({ length: WRITERS }, () => write((tx) => writeSome(tx, MOST_OF_ONE)))
        await Promise.all([...some, write(writeLate), write(writeLate)])
        isWriting = false
      }
      const cuts = { database: 0, proxy: 0 }
      const killing = async () => {
        while (isWriting) {
          await sleep(random(100, 400))
          const what = oneOf(['proxy', 'proxy', 'database', 'database', 'server'] as const)
          if (what === 'server' || servers.next === 'ready') {
            await servers.killOne()
            continue
          }
          cuts[what] += 1
          if (what === 'proxy') proxy.cut()
          else await cutDatabase(db(), servers.next === 'starting').catch(() => undefined)
        }
      }
      const start = Date.now()
      const all = [writing(), killing(), watching()]
      onTestFinished(async () => {
        isWriting = false
        await Promise.allSettled(all)
      })
      await Promise.all(all)
      const seconds = (Date.now() - start) / 1000

      // Says with a failure whether the screen was told to load anew, or is still behind
      const standing = async () => ({
        reloads: screen.reloads,
        unnamed: screen.unnamed,
        behind: await countBehind(db(), screen.position!),
      })
      await expect.poll(standing, { timeout: 30_000 }).toEqual({ reloads: 0, unnamed: 0, behind: 0 })
      await sleep(500)
      const { here, processes } = servers.killed
      const named = screen.tellings.reduce((sum, telling) => sum + telling.named.length, 0)
      console.log(
        `${written.insert} cases inserted, ${written.update} updated, ${written.remove} deleted in ` +
          `${seconds.toFixed(1)} s; killed: servers ${here}, processes ${processes}, connections to the database ` +
          `${cuts.database}, proxy ${cuts.proxy}; the screen connected ${screen.connections} times, was told of ` +
          `${named} cases and holds ${screen.cases.size}`,
      )
      expect([screen.reloads, screen.unnamed]).toEqual([0, 0])
      expect(await faultsOf(db(), screen.tellings)).toEqual({ leftOut: [], unfounded: [], untold: [] })
      // How a row becomes what is told of it is shown in live.test.ts
      const { rows } = await db().query<{ id: number }>('SELECT id FROM incidents')
      const ids = rows.map(({ id }) => id)
      expect([...screen.cases.values()].sort((a, b) => a.id - b.id)).toEqual(await liveCases(db(), ids))
    },
    LONG,
  )
})
