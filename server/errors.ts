import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type CataloguedSentence, type FieldFault, type Problem, STILL_LOADING } from '../domain/problem.ts'
import { faultOfSchema, type ValidationFault } from './schema-fault.ts'

const UNUSABLE = 'The request cannot be used as it stands.'
const OUR_FAULT =
  'The server could not answer. Try again; if it stays so, ask the administrator to read the log.'

/** A mistake of the caller, or a state that passes (503), answered as RFC 9457 problem details. */
export class RequestError extends Error {
  constructor(
    readonly statusCode: number,
    readonly title: string,
    readonly faults: FieldFault[] = [],
    readonly sentences: CataloguedSentence[] = [],
    /** of the problem details */
    readonly type = 'about:blank',
  ) {
    super(title)
  }
}

/** Two people changed the same thing: the later one is answered how it stands now. */
export class StaleError extends RequestError {
  constructor(
    title: string,
    readonly current: unknown,
  ) {
    super(412, title)
  }
}

/** Before the first load of the cases is done. */
export function stillLoading(): RequestError {
  const title = 'The cases are still being loaded: try again in a moment.'
  return new RequestError(503, title, [], [], STILL_LOADING)
}

export function notFound(what: string, key: string): RequestError {
  return new RequestError(404, `There is no ${what} ${key}.`)
}

export function badField(field: string, reason: string, remedy: string): RequestError {
  return new RequestError(400, UNUSABLE, [{ field, reason, remedy }])
}

/** An Idempotency-Key came with other content before, and made another one of `what`. */
export function usedKey(what: string): RequestError {
  return new RequestError(422, `This Idempotency-Key belongs to another ${what}.`, [
    { field: 'idempotency-key', reason: 'was sent before with other content', remedy: 'Send a new key.' },
  ])
}

/** Every error of every route leaves as `application/problem+json`; faults of ours without their inside. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => {
    if (isForPage(request) && app.hasReplyDecorator('sendFile')) return reply.sendFile('index.html')
    return sendProblem(reply, {
      type: 'about:blank',
      title: `There is nothing at ${request.method} ${path(request)}.`,
      status: 404,
      instance: path(request),
    })
  })
}

/** The pages know their own addresses, and say so where there is none: somebody who browses gets them. */
function isForPage({ method, url, headers }: FastifyRequest): boolean {
  const isData = /^\/(api|tiles|docs|metrics|assets)(\/|\?|$)/.test(url)
  return method === 'GET' && !isData && (headers.accept?.includes('text/html') ?? false)
}

/** For errors of routes, and for those that Fastify finds before there is one: an address that cannot be read. */
export function answerError(
  error: FastifyError & Partial<Pick<RequestError, 'faults' | 'sentences'>>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const status = error.validation ? 400 : (error.statusCode ?? 500)
  const isFault = status >= 500 && !(error instanceof RequestError)
  if (isFault) request.log.error({ err: error }, 'request failed')
  const faults = error.validation ? validationFaults(error) : error.faults
  return sendProblem(reply, {
    type: error instanceof RequestError ? error.type : 'about:blank',
    title: error.validation ? UNUSABLE : isFault ? OUR_FAULT : error.message,
    status,
    instance: path(request),
    ...(faults?.length ? { faults } : {}),
    ...(error.sentences?.length ? { sentences: error.sentences } : {}),
    ...(error instanceof StaleError ? { current: error.current } : {}),
  })
}

const BROKEN_HTTP: Record<string, [status: number, reason: string, title: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers of the request are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to come.'],
}

/** For what is no HTTP at all: answered as everything else, and the connection closed. */
export function answerBrokenHttp({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, reason, title] = BROKEN_HTTP[code ?? ''] ?? [400, 'Bad Request', 'This is no HTTP request.']
  const body = JSON.stringify({ type: 'about:blank', title, status } satisfies Problem)
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function sendProblem(reply: FastifyReply, problem: Problem) {
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function path(request: FastifyRequest): string {
  return request.url.split('?')[0]!
}

/** One fault a field: a union of literals reports one for each literal, the reader needs the field once. */
function validationFaults(error: FastifyError): FieldFault[] {
  const part = error.validationContext ?? 'request'
  const faults = (error.validation as ValidationFault[]).map((fault) => faultOfSchema(fault, part))
  return [...new Map(faults.map((fault) => [fault.field, fault])).values()]
}
