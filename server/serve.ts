import { createServer } from 'node:net'
import { buildApp } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { openDatabase } from './database/connect.ts'
import type { Database } from './database/database.ts'
import { StartError } from './start-error.ts'
import type { Steps } from './steps.ts'

const STOP_WITHIN_MS = 10_000
/** What a request may take once we were told to stop; the rest is for the database. */
const REQUESTS_WITHIN_MS = 7_000
const WEB_STATEMENT_TIMEOUT_MS = 30_000

export interface ServeOptions {
  env: NodeJS.ProcessEnv
  steps: Steps
  /** What must be done before pages can be served; it runs while the database opens. */
  meanwhile?: () => Promise<void>
}

/**
 * Opens the database, listens, says where, and closes everything on SIGINT or SIGTERM.
 * @throws StartError or ConfigError with the remedy when it cannot start
 */
export async function serve({ env, steps, meanwhile = async () => {} }: ServeOptions): Promise<void> {
  const config = readConfig(env)
  await requirePort(config)
  // Until it serves there is nothing to finish: a start may be cut off anywhere
  let stop = async (): Promise<void> => {
    steps.line('Stopped before it was ready.')
    process.exit(0)
  }
  const onSignal = () => void stop()
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const db = await openBeside(config, steps, meanwhile)
  const app = await buildApp({ config, db })
  stop = once(() => stopWithin(app, db, steps))
  const address = await app.listen({ host: config.host, port: config.port }).catch(async (error) => {
    await app.close()
    await db.close()
    throw portError(error, config)
  })
  steps.line(
    db.kind === 'embedded'
      ? `Using the embedded database in ${config.dataDir}: for evaluation, not for production (set DATABASE_URL).`
      : 'Using PostgreSQL.',
  )
  steps.line(`Ready at ${address}`)
}

async function openBeside(config: Config, steps: Steps, meanwhile: () => Promise<void>): Promise<Database> {
  const opening = steps.sequence()
  const [database, other] = await Promise.allSettled([
    openDatabase(config, {
      onStep: opening.next,
      applicationName: 'grid-management web',
      statementTimeoutMs: WEB_STATEMENT_TIMEOUT_MS,
    }).finally(opening.end),
    meanwhile(),
  ])
  if (database.status === 'rejected') throw database.reason
  if (other.status === 'fulfilled') return database.value
  await database.value.close()
  throw other.reason
}

/** Before anything long: nobody should wait for a database to hear that the port is taken. */
function requirePort(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(portError(error, config)))
    probe.listen(config.port, config.host, () => probe.close(() => resolve()))
  })
}

function portError(error: unknown, { host, port }: Config): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') {
    return new StartError(`Port ${port} is taken: stop what listens there, or set PORT to another number.`)
  }
  if (code === 'EACCES') {
    return new StartError(`Port ${port} is not open to this user: set PORT to a number above 1023.`)
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartError(`This machine has no address ${host}: set HOST to one it has, such as 127.0.0.1.`)
  }
  return error
}

/** Running requests finish, then the database closes; what is not done in time is cut off. */
async function stopWithin(
  app: Awaited<ReturnType<typeof buildApp>>,
  db: Database,
  steps: Steps,
): Promise<void> {
  steps.line('Stopping ...')
  setTimeout(() => {
    steps.line(`Not stopped within ${STOP_WITHIN_MS / 1000} s: cut off. What was committed is kept.`)
    process.exit(1)
  }, STOP_WITHIN_MS).unref()
  const cutOff = setTimeout(() => app.server.closeAllConnections(), REQUESTS_WITHIN_MS)
  // A connection whose last request has just been answered would be kept for the next one
  const sweep = setInterval(() => app.server.closeIdleConnections(), 100)
  try {
    await app.close()
    await db.close()
    steps.line('Stopped.')
    process.exit(0)
  } catch (error) {
    console.error(error)
    process.exit(1)
  } finally {
    clearTimeout(cutOff)
    clearInterval(sweep)
  }
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work()
    return running
  }
}
