import { createHash } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { mayDo, PUBLIC } from '../../domain/access/action.ts'
import { ROLES } from '../../domain/access/role.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Database } from '../database/database.ts'
import { signIn } from '../test-app.ts'
import { WALL_COOKIE } from './cookie.ts'
import { readable, type Sent } from './test-answers.ts'
import { foreignTraces, type Target } from './test-canaries.ts'
import { type FilledRequest, type Operation, requestsFor } from './test-requests.ts'
import { hashOfToken } from './token.ts'

export interface Asker {
  /** null: nobody */
  role: (typeof ROLES)[number] | 'wall' | null
  sees: CaseScope
  /** What the browser sends; made anew, because some routes end a session. */
  cookie(): Promise<string>
}

/** Everybody there is: the administrator of everything, the others of one street, and somebody unknown. */
export function everybody(db: Database, street: string): Asker[] {
  const people = ROLES.map((role): Asker => {
    const scope = role === 'administrator' ? [''] : [street]
    const departmentCode = role === 'department-handler' ? 'D1' : null
    return {
      role,
      sees: { areas: scope, departmentCode },
      cookie: () => signIn(db, { role, scope, departmentCode }),
    }
  })
  const wall: Asker = {
    role: 'wall',
    sees: { areas: [street], departmentCode: null },
    cookie: () => pairWall(db, street),
  }
  return [...people, wall, { role: null, sees: { areas: [], departmentCode: null }, cookie: async () => '' }]
}

async function pairWall(db: Database, street: string): Promise<string> {
  const token = 'token-of-a-wall'
  await db.query(
    `INSERT INTO wall_devices (name, scope, token_hash, paired_by) VALUES ('hall', $1::text[], $2, 'test')
     ON CONFLICT (token_hash) DO NOTHING`,
    [[street], hashOfToken(token)],
  )
  return `${WALL_COOKIE}=${token}`
}

/** A stream that would go on is listened to until it has said where it stands and has been quiet for so long. */
const QUIET_MS = 120

export async function send(
  app: FastifyInstance,
  { method, url, headers, payload }: FilledRequest,
  cookie: string,
): Promise<Sent> {
  const options: InjectOptions = { method, url, headers: { ...headers, cookie }, ...(payload && { payload }) }
  const isEndless = method === 'GET' && url.startsWith('/api/live')
  return isEndless ? listenFor(app, options) : app.inject(options)
}

async function listenFor(app: FastifyInstance, options: InjectOptions): Promise<Sent> {
  const leaving = new AbortController()
  const answer = await app.inject({ ...options, payloadAsStream: true, signal: leaving.signal })
  const { statusCode, headers } = answer
  const chunks: Buffer[] = []
  const stream = answer.stream()
  const leave = () => leaving.abort()
  let quiet: NodeJS.Timeout | undefined
  stream.on('data', (chunk) => {
    chunks.push(chunk)
    clearTimeout(quiet)
    // Of what was missed it tells all at once, after the hello
    const isWhole = !options.url?.toString().includes('after=') || chunks.length > 1
    quiet = setTimeout(leave, isWhole ? QUIET_MS : 50 * QUIET_MS)
  })
  await new Promise((resolve) => stream.once('close', resolve).once('error', resolve).once('end', resolve))
  clearTimeout(quiet)
  const rawPayload = Buffer.concat(chunks)
  return { statusCode, headers, body: rawPayload.toString(), rawPayload }
}

/** Where an answer's status is not the one that the table of rights gives. */
export async function wrongRights(
  app: FastifyInstance,
  operations: readonly Operation[],
  askers: readonly Asker[],
  target: Target,
): Promise<string[]> {
  const wrong: string[] = []
  for (const operation of operations) {
    for (const { role, cookie } of askers) {
      const request = requestsFor(operation, target)[0]!
      const { statusCode } = await send(app, request, await cookie())
      const isRight = isRightStatus(statusCode, operation, role)
      if (!isRight) wrong.push(`${operation.method} ${request.url} as ${role ?? 'nobody'}: ${statusCode}`)
    }
  }
  return wrong
}

function isRightStatus(status: number, { action }: Operation, role: Asker['role']): boolean {
  if (status >= 500) return false
  if (action === PUBLIC) return true
  if (role === null) return status === 401
  return mayDo(role, action) ? status !== 401 && status !== 403 : status === 403
}

export interface Findings {
  leaks: string[]
  asked: number
  /** routes that show the administrator something that others may not see */
  telling: Set<string>
}

/**
 * Asks every one of `operations` everything there is to ask, about places in and out of the scope, as each of `askers`,
 * one after the other, so that an answer kept for one would reach the next.
 */
export async function findLeaks(
  app: FastifyInstance,
  operations: readonly Operation[],
  askers: readonly Asker[],
  targets: readonly Target[],
): Promise<Findings> {
  const found: Findings = { leaks: [], asked: 0, telling: new Set() }
  const everyTrace = foreignTraces({ areas: [], departmentCode: null })
  const cookies = new Map<Asker, string>()
  for (const asker of askers) cookies.set(asker, await asker.cookie())
  const forbidden = new Map(askers.map((asker) => [asker, foreignTraces(asker.sees)]))
  for (const operation of operations) {
    for (const request of differentRequests(operation, targets)) {
      const contentOfTag = new Map<string, string>()
      for (const asker of askers) {
        const answer = await send(app, request, cookies.get(asker)!)
        // A route that writes may have ended the session
        if (operation.method !== 'GET') cookies.set(asker, await asker.cookie())
        found.asked++
        const where = `${operation.method} ${request.url} as ${asker.role ?? 'nobody'}`
        if (answer.statusCode >= 500 || (answer.statusCode === 429 && operation.method === 'GET'))
          found.leaks.push(`${where}: ${answer.statusCode}`)
        const text = withoutEcho(readable(answer), request.url)
        if (asker.role === 'administrator' && everyTrace.some((trace) => text.includes(trace))) {
          found.telling.add(operation.path)
        }
        const trace = forbidden.get(asker)!.find((one) => text.includes(one))
        if (trace) found.leaks.push(`${where} (${answer.statusCode}) tells ${trace}`)
        if (operation.method !== 'GET') continue
        const { etag } = answer.headers
        if (etag === undefined || answer.statusCode !== 200) continue
        const content = createHash('sha1').update(answer.rawPayload).digest('hex')
        const other = contentOfTag.get(etag)
        if (other !== undefined && other !== content)
          found.leaks.push(`${where}: the tag ${etag} of other content`)
        contentOfTag.set(etag, content)
      }
    }
  }
  return found
}

/** Requests that do not depend on the target are sent once. */
export function differentRequests(operation: Operation, targets: readonly Target[]): FilledRequest[] {
  const all = targets.flatMap((target) => requestsFor(operation, target))
  return [...new Map(all.map((request) => [request.url, request])).values()]
}

/** What somebody stated himself is told to nobody; a name or a longer code that holds it is. */
function withoutEcho(text: string, url: string): string {
  const [path = '', query = ''] = url.split('?')
  const stated = [path, ...path.split('/'), ...query.split('&').map((pair) => pair.split('=')[1] ?? '')]
  return stated
    .map((part) => decodeURIComponent(part))
    .filter((part) => part.length > 8)
    .reduce(
      (rest, part) =>
        rest.replace(new RegExp(`(?<!CANARY-|\\d)${part.replace(/[^\w/-]/g, '\\$&')}(?![!\\d])`, 'g'), ''),
      text,
    )
}
