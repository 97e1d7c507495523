import { randomUUID } from 'node:crypto'
import { EVERYTHING } from '../domain/scope.ts'
import { FIRST_ADMINISTRATOR, makeFirstUsers } from './access/first-users.ts'
import { isLoopback } from './access/sessions/loopback.ts'
import type { buildApp } from './app.ts'
import { dissolveAreasFromGrids } from './areas/queries.ts'
import { systemAsker } from './audit/askers.ts'
import { AuditKeeper } from './audit/audit-keeper.ts'
import { type Config, readConfig } from './config.ts'
import { ContactBook } from './contacts/contact-book.ts'
import { ContactKeys } from './contacts/contact-keys.ts'
import { openDatabase } from './database/connect.ts'
import type { Database } from './database/database.ts'
import { hasEmbeddedDatabase } from './database/embedded-directory.ts'
import { seedShown } from './demo/seed-shown.ts'
import { Simulator } from './demo/simulator.ts'
import { advanceIncident } from './incidents/advance.ts'
import { reportIncident } from './incidents/report.ts'
import { StartError } from './start-error.ts'
import { serveStartPage } from './start-page/start-page.ts'
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
  // Until it serves there is nothing to finish: a start may be cut off anywhere
  let stop = async (): Promise<void> => {
    steps.line('Stopped before it was ready.')
    process.exit(0)
  }
  const onSignal = () => void stop()
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  // Before anything long: nobody should wait for a database to hear that the port is taken
  const isFirst = config.databaseUrl === null && config.demo && !hasEmbeddedDatabase(config.dataDir)
  const startPage = await serveStartPage(config, () => ({ isFirst, steps: steps.states() })).catch(
    (error) => {
      throw portError(error, config)
    },
  )
  if (config.port !== 0) steps.line(`Starting; http://${config.host}:${startPage.port} shows how far it is.`)
  const appCode = readAppCode()
  const db = await openBeside(config, steps, meanwhile)
  const { app, simulator, audit } = await prepare(config, db, steps, appCode).catch(async (error) => {
    await db.close()
    throw error
  })
  stop = once(() => stopWithin({ app, simulator, audit, db, steps }))
  await startPage.close()
  const address = await app.listen({ host: config.host, port: startPage.port }).catch(async (error) => {
    await app.close()
    await db.close()
    throw portError(error, config)
  })
  audit.start()
  if (config.simulate) simulator.start()
  steps.line(
    db.kind === 'embedded'
      ? `Using the embedded database in ${config.dataDir}: for evaluation, not for production (set DATABASE_URL).`
      : 'Using PostgreSQL.',
  )
  const fault = await db.rowSecurityFault()
  if (fault) steps.line(fault)
  steps.line(`Ready at ${address}`)
}

/** Most of our code: read while the database opens, when it is known that the start is not refused. */
function readAppCode(): Promise<typeof import('./app.ts')> {
  const code = import('./app.ts')
  // Where the database cannot be opened nobody waits for it
  code.catch(() => undefined)
  return code
}

/** Everything that stands between an open database and answering: the demo district, the cases in memory. */
async function prepare(config: Config, db: Database, steps: Steps, appCode: ReturnType<typeof readAppCode>) {
  if (db.kind === 'embedded' && config.demo) {
    await seedShown(db, steps, { scale: 1, timeZone: config.timeZone, dissolveAreas: dissolveAreasFromGrids })
  }
  const loading = steps.begin({ en: 'Loading the cases', 'zh-CN': '载入案件' })
  const { buildApp } = await appCode
  const app = await buildApp({
    config,
    db,
    onLoadProgress: ({ loaded }) => loading.detail(loaded.toLocaleString('en')),
  })
  await app.columns.ready
  loading.end()
  const password = await makeFirstUsers(db, !isLoopback(config.host) || config.trustedProxies.length > 0)
  if (password) {
    steps.line(
      `First sign-in: ${FIRST_ADMINISTRATOR}, password ${password} (shown this once; choose your own then).`,
    )
  }
  const { timeZone } = config
  const warn = (details: object, message: string) => app.log.warn(details, message)
  const asker = systemAsker('simulator')
  const parts = { db, timeZone, contacts: new ContactBook(new ContactKeys(config, db.kind)) }
  const simulator = new Simulator({
    db,
    timeZone,
    report: (incident, actor) =>
      reportIncident(parts, randomUUID(), incident, { actor, scope: EVERYTHING }, asker),
    advance: (id, step) => advanceIncident(db, id, step, asker),
    warn,
  })
  return { app, simulator, audit: new AuditKeeper({ db, config, warn }) }
}

async function openBeside(config: Config, steps: Steps, meanwhile: () => Promise<void>): Promise<Database> {
  const opening = steps.sequence()
  const [database, other] = await Promise.allSettled([
    opening.through(
      openDatabase(config, {
        onStep: opening.next,
        applicationName: 'grid-management web',
        statementTimeoutMs: WEB_STATEMENT_TIMEOUT_MS,
      }),
    ),
    meanwhile(),
  ])
  if (database.status === 'rejected') throw database.reason
  if (other.status === 'fulfilled') return database.value
  await database.value.close()
  throw other.reason
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

interface Running {
  app: Awaited<ReturnType<typeof buildApp>>
  simulator: Simulator
  audit: AuditKeeper
  db: Database
  steps: Steps
}

/** Running requests finish, then the database closes; what is not done in time is cut off. */
async function stopWithin({ app, simulator, audit, db, steps }: Running): Promise<void> {
  steps.line('Stopping ...')
  setTimeout(() => {
    steps.line(`Not stopped within ${STOP_WITHIN_MS / 1000} s: cut off. What was committed is kept.`)
    process.exit(1)
  }, STOP_WITHIN_MS).unref()
  const cutOff = setTimeout(() => app.server.closeAllConnections(), REQUESTS_WITHIN_MS)
  // A connection whose last request has just been answered would be kept for the next one
  const sweep = setInterval(() => app.server.closeIdleConnections(), 100)
  try {
    await simulator.close()
    await app.close()
    // What was done up to now has its head outside too
    await audit.close()
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
