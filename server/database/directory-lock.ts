import { mkdir, open, readdir, readFile, readlink, rm, stat, utimes } from 'node:fs/promises'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../start-error.ts'

/*
 * The lock of a directory is its file `lock-N` with the highest N. It holds for as long as the process that
 * wrote it lives; whoever finds that process gone creates `lock-N+1`, which only one can. Files are never
 * given back, so a number cannot be seen twice, and older ones are removed by the holder alone.
 */
const LOCK_FILE = /^lock-(\d+)$/
const RELEASED = 'released'
const BEAT_MS = 5_000
const SILENT_AFTER_MS = 15_000

/** The holder as it describes itself; null where the system does not tell. */
interface Holder {
  pid: number
  host: string
  /** a process id means something only inside its namespace */
  namespace: string | null
  bootId: string | null
  /** clock ticks from boot to the start of the process: tells a reused process id */
  startTicks: string | null
}

export interface DirectoryLock {
  release(): Promise<void>
}

/**
 * Takes `folder` for this process, creating it when it is missing.
 * @throws StartError naming the process that has it
 */
export async function lockDirectory(folder: string): Promise<DirectoryLock> {
  await mkdir(folder, { recursive: true })
  for (;;) {
    const highest = await highestLock(folder)
    if (highest > 0) {
      const holder = await livingHolder(join(folder, `lock-${highest}`))
      if (holder) {
        throw new StartError(
          `${folder} is in use by process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}: stop it, or set DATA_DIR to another directory.`,
        )
      }
    }
    const file = join(folder, `lock-${highest + 1}`)
    if (!(await createLock(file))) continue
    if ((await highestLock(folder)) > highest + 1) {
      await rm(file, { force: true })
      continue
    }
    await removeOlder(folder, highest + 1)
    return hold(file)
  }
}

function hold(file: string): DirectoryLock {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => undefined)
  }, BEAT_MS)
  beat.unref()
  return {
    async release() {
      clearInterval(beat)
      const handle = await open(file, 'w')
      await handle.writeFile(RELEASED)
      await handle.close()
    },
  }
}

async function highestLock(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(LOCK_FILE.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

async function removeOlder(folder: string, mine: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const number = Number(LOCK_FILE.exec(name)?.[1] ?? mine)
    if (number < mine) await rm(join(folder, name), { force: true })
  }
}

/** false when somebody else created it first. */
async function createLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(JSON.stringify(await describeSelf()))
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function livingHolder(file: string): Promise<Holder | null> {
  let text = await readFile(file, 'utf8').catch(() => RELEASED)
  if (text === '') {
    // Created this moment and not yet written, or its writer was killed in between
    await sleep(500)
    text = await readFile(file, 'utf8').catch(() => RELEASED)
  }
  if (text === RELEASED) return null
  const holder = parseHolder(text)
  return holder && (await isAlive(holder, file)) ? holder : null
}

function parseHolder(text: string): Holder | null {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return null
  }
}

async function isAlive(holder: Holder, file: string): Promise<boolean> {
  const self = await describeSelf()
  const lastBeat = (await stat(file).catch(() => null))?.mtimeMs ?? 0
  if (holder.host !== self.host || holder.namespace !== self.namespace) {
    return Date.now() - lastBeat < SILENT_AFTER_MS
  }
  if (holder.bootId !== self.bootId) return false
  if (!processExists(holder.pid)) return false
  const startTicks = await startTicksOf(holder.pid)
  if (startTicks !== null) return startTicks === holder.startTicks
  return lastBeat > Date.now() - uptime() * 1000
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function describeSelf(): Promise<Holder> {
  return {
    pid: process.pid,
    host: hostname(),
    namespace: await readlink('/proc/self/ns/pid').catch(() => null),
    bootId: await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null),
    startTicks: await startTicksOf(process.pid),
  }
}

/** Linux only. The second field, the program's name, may hold spaces and brackets. */
async function startTicksOf(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  const [state, ...fields] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? []
  // A killed process whose parent has not looked yet is still listed
  return state === 'Z' || state === 'X' ? 'ended' : (fields[18] ?? null)
}
