import type { FastifyReply } from 'fastify'
import Type from 'typebox'
import { RequestError, StaleError } from './errors.ts'

/** Proxies that compress weaken a tag. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ pattern: '^(W/)?"[0-9]{1,9}"$' })),
})

export const tagOf = ({ version }: { version: number }): string => `"${version}"`

/** @throws RequestError 428 where nothing is stated */
export function statedVersion(headers: Type.Static<typeof IfMatch>): string {
  const stated = headers['if-match']
  if (stated !== undefined) return stated.replace('W/', '')
  throw new RequestError(428, 'State which version you mean.', [
    { field: 'if-match', reason: 'is missing', remedy: 'Send the tag of the version that you read.' },
  ])
}

/** @throws StaleError 412 that tells the current one, where `stated` is another version */
export function refuseStale(stated: string, current: { version: number }, reply: FastifyReply): void {
  if (stated === tagOf(current)) return
  reply.header('etag', tagOf(current))
  throw new StaleError('Somebody else changed this meanwhile: look at the version in force first.', current)
}
