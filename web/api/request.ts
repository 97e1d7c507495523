import { type Problem, STILL_LOADING } from '../../domain/problem.ts'

/** The server answered that it cannot: `problem` says why. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | null,
    /** seconds until it may be tried again; null: the server does not say */
    readonly retryAfterS: number | null = null,
  ) {
    super(problem?.title ?? `HTTP ${status}`)
  }
}

/** The server is up and still reads its cases: it will answer by itself. */
export class StillLoading extends ApiError {}

/** No answer came: the server is down, restarting, or the network is cut. */
export class ConnectionLost extends Error {}

export type Parameters = Record<
  string,
  string | number | boolean | readonly (string | number)[] | null | undefined
>

/** `path` with its query; null and undefined are left out, a list repeats its name. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined) query.append(name, String(one))
    }
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** @throws ApiError, ConnectionLost */
export async function getJson<T>(url: string, signal?: AbortSignal, limitMs?: number): Promise<T> {
  const { body } = await get(url, {}, signal, limitMs)
  return parseJson<T>(body)
}

/**
 * Asks the server to do something. `limitMs`: how long it may take; `more`: headers beside the usual ones.
 * @throws ApiError, ConnectionLost
 */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  value?: object,
  limitMs?: number,
  more: Record<string, string> = {},
): Promise<T | null> {
  const body = value && JSON.stringify(value)
  const headers: Record<string, string> = { ...(body && { 'content-type': 'application/json' }), ...more }
  const answer = await get(url, headers, undefined, limitMs, { method, ...(body && { body }) })
  return answer.body.byteLength === 0 ? null : parseJson<T>(answer.body)
}

/** A value with the tag the server gave this version of it. */
export interface Versioned<T> {
  tag: string | null
  value: T
}

/**
 * Asks whether `known` is still current and answers it unchanged (the same object) when it is, so that
 * nothing downstream is computed or drawn again.
 * @throws ApiError, ConnectionLost
 */
export async function revalidate<T>(
  url: string,
  known: Versioned<T> | undefined,
  decode: (body: ArrayBuffer) => T,
  signal?: AbortSignal,
): Promise<Versioned<T>> {
  const headers: Record<string, string> = known?.tag ? { 'if-none-match': known.tag } : {}
  const { status, tag, body } = await get(url, headers, signal)
  return status === 304 && known ? known : { tag, value: decode(body) }
}

export function parseJson<T>(body: ArrayBuffer): T {
  return JSON.parse(new TextDecoder().decode(body)) as T
}

interface Answer {
  status: number
  tag: string | null
  body: ArrayBuffer
}

/** Whole seconds; a date, which a header may hold too, no server of ours sends. */
function retryAfterOf(headers: Headers): number | null {
  const text = headers.get('retry-after')
  return text !== null && /^\d+$/.test(text) ? Number(text) : null
}

const LIMIT_MS = 60_000
// What a proxy or an orderly shutdown answers while the server or the database behind it is gone
const GONE = [502, 503, 504]

async function get(
  url: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
  limitMs = LIMIT_MS,
  request: RequestInit = {},
): Promise<Answer> {
  const limits = [AbortSignal.timeout(limitMs), ...(signal ? [signal] : [])]
  let answer: Answer & { ok: boolean; retryAfterS: number | null }
  try {
    const response = await fetch(url, {
      ...request,
      headers,
      cache: 'no-store',
      signal: AbortSignal.any(limits),
    })
    const { ok, status } = response
    answer = {
      ok,
      status,
      tag: response.headers.get('etag'),
      retryAfterS: retryAfterOf(response.headers),
      body: await response.arrayBuffer(),
    }
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ConnectionLost(`no answer from ${url}`, { cause: error })
  }
  if (answer.ok || answer.status === 304) return answer
  const problem = problemOf(answer.body)
  if (problem?.type === STILL_LOADING) throw new StillLoading(answer.status, problem)
  if (GONE.includes(answer.status)) throw new ConnectionLost(`${answer.status} from ${url}`)
  throw new ApiError(answer.status, problem, answer.retryAfterS)
}

export function problemOf(body: ArrayBuffer): Problem | null {
  try {
    return parseJson<Problem>(body)
  } catch {
    return null
  }
}
