// The thread that runs the embedded database: bytes of the PostgreSQL protocol in, bytes out. A long statement
// blocks this thread and no other.
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { type Extension, PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { postgis } from '@electric-sql/pglite-postgis'

export interface WorkerOptions {
  /** where PostgreSQL keeps its files */
  dataDir: string
  /** path of the archive that holds PostGIS */
  postgisBundle: string
}

/** One request of the protocol, up to and with its Sync or Query message; or the wish to close. */
export type WorkerRequest = { request: Uint8Array } | 'close'

/** What came back for the request that was sent last, or that it is open, closed or could not be opened. */
export type WorkerReply =
  | 'opened'
  | 'closed'
  | { answer: Uint8Array; last: boolean }
  | { failed: { message: string; code?: string } }

/** The part of PGlite's insides that is watched. */
interface Engine {
  _PostgresMainLoopOnce(): void
  _pgl_pq_flush(): void
}

const ENGINE_ERRNO: Readonly<Record<number, string>> = { 2: 'EACCES', 51: 'ENOSPC', 63: 'EPERM', 69: 'EROFS' }

const port = parentPort!
const { dataDir, postgisBundle } = workerData as WorkerOptions

/** PostGIS from our copy of its package. */
const postgisWithoutRest: Extension = {
  name: postgis.name,
  setup: async (database, options) => ({
    ...(await postgis.setup(database, options)),
    bundlePath: pathToFileURL(postgisBundle),
  }),
}

let answerParts: Uint8Array[] = []

async function open(): Promise<void> {
  const database = await PGlite.create(dataDir, {
    extensions: { postgis: postgisWithoutRest, btree_gist, pg_trgm },
  })
  stopWhenBroken(database.Module as unknown as Engine)
  // The sender waits for each answer before it sends again
  port.on('message', (message: WorkerRequest) => handle(database, message))
  reply('opened')
}

/**
 * After a PANIC (a full disk under the log) the engine is left as it fell, and whatever it is asked next never
 * returns. This thread ends instead; a new one recovers from the log as PostgreSQL does after a crash.
 */
function stopWhenBroken(engine: Engine): void {
  const runOnce = engine._PostgresMainLoopOnce.bind(engine)
  engine._PostgresMainLoopOnce = () => {
    try {
      runOnce()
    } catch (error) {
      // A refused statement leaves by a jump, thrown as a string; an Error is the engine itself
      if (error instanceof Error) {
        engine._pgl_pq_flush()
        sendAnswer(true)
        process.exit(1)
      }
      throw error
    }
  }
}

async function handle(database: PGlite, message: WorkerRequest): Promise<void> {
  if (message === 'close') {
    await database.close()
    reply('closed')
    return
  }
  await database.execProtocolRawStream(message.request, {
    onRawData: (bytes) => answerParts.push(bytes.slice()),
  })
  sendAnswer(false)
}

/** `last`: the thread ends after it. */
function sendAnswer(last: boolean): void {
  const answer = join(answerParts)
  answerParts = []
  port.postMessage({ answer, last } satisfies WorkerReply, [answer.buffer as ArrayBuffer])
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function reply(message: WorkerReply): void {
  port.postMessage(message)
}

/** The file system of the engine throws objects that are no errors, with numbers of its own. */
function describeFailure(error: unknown): { message: string; code?: string } {
  if (error instanceof Error) return { message: error.message }
  const { errno } = error as { errno?: number }
  const code = errno === undefined ? undefined : ENGINE_ERRNO[errno]
  return {
    message: `The embedded database could not be opened (${code ?? JSON.stringify(error)}).`,
    ...(code ? { code } : {}),
  }
}

try {
  await open()
} catch (error) {
  reply({ failed: describeFailure(error) })
}
