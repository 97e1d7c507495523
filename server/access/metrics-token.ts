import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { hashOfToken } from './token.ts'

/** Whether a collector of figures asks that has the token of the configuration. */
export function hasMetricsToken({ headers }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === null || given === undefined) return false
  return timingSafeEqual(hashOfToken(given), hashOfToken(token))
}
