import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { hashOfToken } from './token.ts'

/** Whether a program asks that has this token of the configuration; null: there is none. */
export function hasToken({ headers }: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (token === null || given === undefined) return false
  return timingSafeEqual(hashOfToken(given), hashOfToken(token))
}
