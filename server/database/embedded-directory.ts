import { existsSync } from 'node:fs'
import { readdir, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import type { StepName } from '../steps.ts'
import type { Database } from './database.ts'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'
import { openEmbedded } from './embedded.ts'
import { postgisBundle } from './postgis-bundle.ts'
import { EXTENSIONS } from './postgres-server.ts'

const FINAL = 'database'
const UNFINISHED = 'database.new'

const NO_SPACE = ['ENOSPC', '53100']
const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']
/** Two segments of the log: with less the database cannot even start. */
const LEAST_FREE_BYTES = 32 * 1024 * 1024

/** Whether a start has been here before; what a cut-off one left half-made does not count. */
export const hasEmbeddedDatabase = (dataDir: string): boolean => existsSync(join(dataDir, FINAL))

/**
 * Opens the embedded database in `dataDir`, making it first when there is none. It is made beside its final
 * place and moved there when whole, so a kill at any moment leaves either nothing or all of it.
 * @throws StartError when another process has the directory, the disk is full, or it may not be written
 */
export async function connectEmbedded(
  dataDir: string,
  onStep: (step: StepName) => void = () => {},
): Promise<Database> {
  let lock: DirectoryLock | undefined
  try {
    lock = await lockDirectory(dataDir)
    const bundle = await postgisBundle(dataDir)
    if (!hasEmbeddedDatabase(dataDir)) await makeCluster(dataDir, bundle, onStep)
    onStep({ en: 'Opening the embedded database', 'zh-CN': '打开内置数据库' })
    const database = await openEmbedded({ dataDir: join(dataDir, FINAL), postgisBundle: bundle })
    return closingBoth(database, lock)
  } catch (error) {
    await lock?.release().catch(() => undefined)
    throw await explain(error, dataDir)
  }
}

async function makeCluster(dataDir: string, bundle: string, onStep: (step: StepName) => void): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(UNFINISHED)) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  onStep({ en: 'Making the embedded database (1 of 2: its files)', 'zh-CN': '创建内置数据库（1/2：文件）' })
  const unfinished = join(dataDir, UNFINISHED)
  const database = await openEmbedded({ dataDir: unfinished, postgisBundle: bundle })
  try {
    onStep({
      en: 'Making the embedded database (2 of 2: PostGIS)',
      'zh-CN': '创建内置数据库（2/2：PostGIS）',
    })
    for (const extension of EXTENSIONS) await database.query(`CREATE EXTENSION ${extension}`)
  } finally {
    await database.close()
  }
  await rename(unfinished, join(dataDir, FINAL))
}

function closingBoth(database: Database, lock: DirectoryLock): Database {
  const closeDatabase = database.close.bind(database)
  let closing: Promise<void> | undefined
  database.close = () => {
    closing ??= closeDatabase().finally(() => lock.release())
    return closing
  }
  return database
}

async function explain(error: unknown, dataDir: string): Promise<unknown> {
  if (error instanceof StartError) return error
  const { code = '' } = error as { code?: string }
  const stats = await statfs(dataDir).catch(() => null)
  // The engine does not always say why it cannot start
  const isFull = !code && stats !== null && stats.bavail * stats.bsize < LEAST_FREE_BYTES
  if (NO_SPACE.includes(code) || isFull) {
    return new StartError(
      `The disk that holds ${dataDir} is full: free some 200 MB, or set DATA_DIR to a directory elsewhere.`,
    )
  }
  if (NOT_WRITABLE.includes(code)) {
    return new StartError(
      `The data directory ${dataDir} cannot be written (${code}): give this user the right to, or set DATA_DIR to another directory.`,
    )
  }
  if (!code && hasEmbeddedDatabase(dataDir)) {
    const { message } = error as Error
    return new StartError(
      `The embedded database in ${dataDir} does not open (${message}): start the version of this program that made it, or move the directory away and import again.`,
    )
  }
  return error
}
