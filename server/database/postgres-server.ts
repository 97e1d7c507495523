import { StartError } from '../start-error.ts'
import type { Database } from './database.ts'

const OLDEST_POSTGRESQL = 15
const OLDEST_POSTGIS = [3, 3] as const

/** What the tables and queries use, in the order they can be created. */
export const EXTENSIONS = ['postgis', 'btree_gist', 'pg_trgm'] as const

const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
]
const WRONG_PASSWORD = ['28P01', '28000']
const NO_SUCH_DATABASE = '3D000'
const TOO_MANY_CONNECTIONS = '53300'
const STARTING_UP = '57P03'
const NOT_ALLOWED = '42501'
const NOT_INSTALLED = ['58P01', '0A000']

/** @throws StartError when the server is too old or an extension can neither be found nor created */
export async function prepareServer(db: Database): Promise<void> {
  const { rows } = await db.query<{ version: number; versionText: string; extensions: string[] }>(
    `SELECT current_setting('server_version_num')::int AS version,
            current_setting('server_version') AS "versionText",
            ARRAY(SELECT extname::text FROM pg_extension) AS extensions`,
    [],
  )
  const { version, versionText, extensions } = rows[0]!
  if (version < OLDEST_POSTGRESQL * 10_000) {
    throw new StartError(
      `PostgreSQL ${versionText} is too old: upgrade the server to ${OLDEST_POSTGRESQL} or newer.`,
    )
  }
  for (const extension of EXTENSIONS) {
    if (!extensions.includes(extension)) await createExtension(db, extension)
  }
  await requirePostgis(db)
}

async function createExtension(db: Database, name: string): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      // Two servers may start at the same moment, and IF NOT EXISTS alone does not make one wait for the other
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('grid-management extensions'))`)
      await tx.query(`CREATE EXTENSION IF NOT EXISTS ${name}`)
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === NOT_ALLOWED) {
      throw new StartError(
        `This user may not create the extension ${name}: let an administrator run CREATE EXTENSION ${name} in this database.`,
      )
    }
    if (code && NOT_INSTALLED.includes(code)) {
      const what = name === 'postgis' ? 'PostGIS' : `The extension ${name}`
      const remedy = name === 'postgis' ? 'PostGIS 3.3 or newer' : "PostgreSQL's contrib modules"
      throw new StartError(`${what} is missing on the database server: install ${remedy} there.`)
    }
    throw error
  }
}

async function requirePostgis(db: Database): Promise<void> {
  const { rows } = await db.query<{ version: string }>('SELECT postgis_lib_version() AS version', [])
  const version = rows[0]!.version
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_POSTGIS
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new StartError(
    `PostGIS ${version} is too old: install ${OLDEST_POSTGIS.join('.')} or newer on the database server, then run SELECT postgis_extensions_upgrade().`,
  )
}

/** The StartError for an error of connecting, or the error itself when it is another. Never holds the password. */
export function describeUnreachable(error: unknown, url: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  const place = placeOf(url)
  if (!place) {
    return new StartError(
      'DATABASE_URL is no PostgreSQL address: write it as postgres://user:password@host:5432/database.',
    )
  }
  if (code && WRONG_PASSWORD.includes(code)) {
    return new StartError(`The database at ${place} refuses the user or password: correct DATABASE_URL.`)
  }
  if (code === NO_SUCH_DATABASE) {
    return new StartError(`The database ${place} does not exist: create it or correct DATABASE_URL.`)
  }
  if (code === TOO_MANY_CONNECTIONS) {
    return new StartError(
      `The database at ${place} has no connection left: stop other clients or raise max_connections.`,
    )
  }
  if (code === STARTING_UP) {
    return new StartError(`The database at ${place} is starting up or shutting down: try again in a moment.`)
  }
  const timedOut = message?.includes('timeout') || message?.includes('terminated unexpectedly')
  if ((code && UNREACHABLE.includes(code)) || timedOut) {
    return new StartError(
      `The database at ${place} cannot be reached (${code ?? message}): start it or correct DATABASE_URL.`,
    )
  }
  return error
}

function placeOf(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, port, pathname } = new URL(url)
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') return null
  return `${hostname || 'localhost'}:${port || 5432}${pathname}`
}
