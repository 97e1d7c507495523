import { Agent, request as httpRequest } from 'node:http'
import { brotliDecompressSync, unzipSync } from 'node:zlib'
import { ROLES, type Role } from '../../domain/access/role.ts'
import { insertUser } from '../../server/access/users/queries.ts'
import { buildApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import type { Database } from '../../server/database/database.ts'
import { signIn } from '../../server/test-app.ts'
import { CUT_OFF, type FuzzAnswer, faultOf, fits } from './check-answer.ts'
import { operationsOf } from './json-schema.ts'
import { type FuzzRequest, makeRequest } from './make-request.ts'

const AT_ONCE = 8
const SHOT_AT = 60
const NOBODY = 'nobody'
const WALL = 'wall'
const UNLIMITED = '1000000000'

export interface FuzzOptions {
  db: Database
  dataDir: string
  seed: number
  /** numbers of requests: `from` included, `to` excluded */
  from: number
  to: number
  onProgress?: (done: number) => void
  onFault?: (fault: FuzzFault) => void
  /** asks nothing more; what was asked is counted */
  signal?: AbortSignal
}

export interface FuzzFault {
  request: FuzzRequest
  status: number
  what: string
  /** its beginning */
  answer: string
}

export interface FuzzFigures {
  requests: number
  operations: number
  byKind: Record<string, number>
  byStatus: Record<string, number>
  /** operations that answered 2xx at least once */
  succeeded: number
  faults: FuzzFault[]
}

/** Asks an app over `db`, which holds a small district, what nobody would ask, as everybody; counts and checks. */
export async function runFuzz({
  db,
  dataDir,
  seed,
  from,
  to,
  onProgress,
  onFault,
  signal,
}: FuzzOptions): Promise<FuzzFigures> {
  const config = readConfig({
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    DATA_DIR: dataDir,
    // What is asked for here in a minute, nobody asks for in an hour
    REQUESTS_PER_ADDRESS: UNLIMITED,
    REQUESTS_PER_USER: UNLIMITED,
    SIGN_INS_PER_ADDRESS: UNLIMITED,
    MAX_EVENT_LOOP_DELAY_MS: '1000000',
  })
  await db.query(`INSERT INTO departments (code, name) VALUES ('D1', 'roads') ON CONFLICT DO NOTHING`)
  await db.query(`UPDATE incidents SET department_code = 'D1' WHERE id % 3 = 0`)
  const app = await buildApp({ config, db })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  await app.columns.ready
  const kept = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  // What is left of an absurd request must not become the next one's beginning
  const once = new Agent({ keepAlive: false })
  const ask = (
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | null,
    agent = kept,
  ) => send(agent, new URL(address), { method, path, headers, body })
  // Requests name users by small numbers: these are there to be shut out and given other rights
  for (let i = 0; i < SHOT_AT; i++) {
    const name = `target-${i}`
    await insertUser(db, { name, displayName: name, role: 'viewer', scope: [''], passwordHash: null })
  }
  const administrator = await signIn(db)
  const parts = {
    operations: operationsOf(app.swagger()),
    known: await knownValues((path) => ask('GET', path, { cookie: administrator }, null)),
    fits,
    roles: [...ROLES, WALL, NOBODY],
  }
  const cookies = new Map<string, Promise<string>>([['administrator', Promise.resolve(administrator)]])
  const enter = (who: string): Promise<string> => {
    if (who === NOBODY) return Promise.resolve('')
    const known = cookies.get(who)
    if (known) return known
    const entered =
      who === WALL ? pairWall(db, ask, () => enter('administrator')) : signIn(db, userOf(who as Role))
    cookies.set(who, entered)
    return entered
  }

  const figures: FuzzFigures = {
    requests: 0,
    operations: parts.operations.length,
    byKind: {},
    byStatus: {},
    succeeded: 0,
    faults: [],
  }
  const succeeded = new Set<unknown>()
  const askOne = async (number: number) => {
    const request = makeRequest(seed, number, parts)
    const { who, method, path, headers, body, kind, operation } = request
    for (let tries = 1; ; tries++) {
      const entered = enter(who)
      const cookie = await entered
      const answer = await ask(
        method,
        path,
        { ...(cookie && { cookie }), ...headers },
        body,
        kind === 'absurd' ? once : kept,
      )
      // Another request may have signed out or shut out who asks this one
      if (answer.status === CUT_OFF && tries < 4) continue
      if (answer.status === 401 && who !== NOBODY && !('cookie' in headers) && tries < 4) {
        if (cookies.get(who) === entered) cookies.delete(who)
        continue
      }
      const what = faultOf(request, answer)
      if (what) {
        const fault = { request, status: answer.status, what, answer: answer.body.toString().slice(0, 600) }
        figures.faults.push(fault)
        onFault?.(fault)
      }
      figures.requests++
      figures.byKind[kind] = (figures.byKind[kind] ?? 0) + 1
      figures.byStatus[answer.status] = (figures.byStatus[answer.status] ?? 0) + 1
      if (answer.status < 300 && kind === 'valid') succeeded.add(operation)
      return
    }
  }
  try {
    let next = from
    const work = async () => {
      while (next < to && !signal?.aborted) {
        await askOne(next++)
        if (figures.requests % 1000 === 0) onProgress?.(figures.requests)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
  } finally {
    kept.destroy()
    once.destroy()
    await app.close()
  }
  return { ...figures, succeeded: succeeded.size }
}

const userOf = (role: Role) => ({
  role,
  ...(role === 'administrator' ? {} : { scope: ['330199001'] }),
  ...(role === 'department-handler' && { departmentCode: 'D1' }),
})

type Ask = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | null,
) => Promise<FuzzAnswer & { cookies: string[] }>

/** Empty where an administrator could not do so just now. */
async function pairWall(db: Database, ask: Ask, administrator: () => Promise<string>): Promise<string> {
  // Those that requests began wait too, and are too many
  await db.query(`DELETE FROM wall_pairings`)
  const shown = await ask('POST', '/api/walls/pairing', {}, null)
  const secret = shown.cookies[0]
  if (secret === undefined) return ''
  const { code } = JSON.parse(shown.body.toString())
  const headers = {
    cookie: await administrator(),
    'content-type': 'application/json',
    'idempotency-key': `pair ${code}`,
  }
  await ask(
    'POST',
    '/api/walls/devices',
    headers,
    JSON.stringify({ code, name: 'hall', scope: ['330199001'] }),
  )
  const paired = await ask('GET', '/api/walls/pairing', { cookie: secret }, null)
  return paired.cookies.find((cookie) => cookie.startsWith('wall=')) ?? ''
}

/** What is there, so that not everything asked for is missing. */
async function knownValues(get: (path: string) => Promise<FuzzAnswer>) {
  const read = async (path: string) => JSON.parse((await get(path)).body.toString())
  const codes = async (path: string): Promise<string[]> =>
    (await read(path)).features.map((feature: { properties: { code: string } }) => feature.properties.code)
  const [grids, areas] = [await codes('/api/grids'), await codes('/api/areas')]
  const categories = (await read('/api/categories')).map(({ code }: { code: string }) => code)
  const departments = (await read('/api/departments')).map(({ code }: { code: string }) => code)
  const { next } = await read('/api/incidents?limit=5')
  const [west, south, east, north] = (await read('/api/district')).bbox
  return {
    code: grids,
    grid: grids,
    area: areas,
    scope: [...areas, ''],
    category: categories,
    categoryCode: categories,
    department: departments,
    departmentCode: departments,
    bbox: [[west, south, east, north].join(), '-180,-90,180,90'],
    cursor: [next, '0', '5'],
    id: [1, 2, 3, 4, 5],
    'if-match': ['"1"', '"2"', '"3"'],
    q: [...grids.slice(0, 3), '网格', '1'],
    lng: [west, east],
    lat: [south, north],
    z: [10, 12, 14],
  }
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === 'gzip' || encoding === 'deflate' ? unzipSync(body) : body
}

/** Redirects are not followed; an answer is read to its end, a stream of events to its first. */
function send(
  agent: Agent,
  { hostname, port }: URL,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers: Record<string, string>; body: string | null },
): Promise<FuzzAnswer & { cookies: string[] }> {
  return new Promise((resolve, reject) => {
    const isChunked = 'transfer-encoding' in headers
    const length = body !== null && !isChunked ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    const asked = httpRequest(
      { agent, hostname, port, method, path, headers: { ...headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = []
        const type = answer.headers['content-type'] ?? ''
        const tell = () =>
          resolve({
            status: answer.statusCode!,
            type,
            body: decoded(Buffer.concat(chunks), answer.headers['content-encoding']),
            cookies: (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]!),
          })
        answer.on('error', reject)
        answer.on('end', tell)
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          if (!type.startsWith('text/event-stream')) return
          tell()
          answer.destroy()
        })
      },
    )
    let isAnswered = false
    asked.on('response', () => {
      isAnswered = true
    })
    // The server may refuse a request before it was sent to its end
    asked.on(
      'error',
      () => isAnswered || resolve({ status: CUT_OFF, type: '', body: Buffer.alloc(0), cookies: [] }),
    )
    asked.end(body ?? undefined)
  })
}
