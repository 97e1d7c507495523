import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RequestError } from '../errors.ts'
import { recordRefusal, requestOf } from './refusal.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Pages of others may not write with the cookies of somebody signed in here: browsers say where a request comes
 * from (Sec-Fetch-Site, older ones Origin). What says neither is no browser, and carries no cookie by itself. To be
 * called after requireActions, so that the audit tells in whose browser that page was open.
 */
export function refuseCrossSite(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (READING.has(request.method) || request.is404 || isFromHere(request)) return
    await recordRefusal(app.db, request, { action: 'cross-site', subject: requestOf(request) })
    throw new RequestError(403, 'Another site asked for this: do it on a page of this server.')
  })
}

function isFromHere({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
