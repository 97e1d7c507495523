import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RequestError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** a password, a code or a token is tried here */
    isAttempt?: boolean
  }
}

type Check = ReturnType<FastifyInstance['createRateLimit']>

/**
 * Counts requests and attempts to get in by address before anything costs (an IPv6 address stands for its /64), and
 * requests by user or wall as soon as it is known who asks. To be called before anything else looks at requests.
 */
export async function limitRates(app: FastifyInstance): Promise<void> {
  const { requestsPerAddress, attemptsPerAddress, requestsPerUser } = app.config
  await app.register(rateLimit, { global: false, timeWindow: '1 minute' })
  const asks = app.createRateLimit({ max: requestsPerAddress })
  const tries = app.createRateLimit({ max: attemptsPerAddress })
  const asksOfUser = app.createRateLimit({
    max: requestsPerUser,
    keyGenerator: ({ actor }) => `${actor?.kind} ${actor?.id}`,
  })
  app.addHook('onRequest', async (request, reply) => {
    await refuseAbove(asks, request, reply, 'this address')
    if (request.routeOptions.config.isAttempt) await refuseAbove(tries, request, reply, 'this address')
  })
  // The first hook after those that find out who asks
  app.addHook('preParsing', async (request, reply) => {
    if (request.actor) await refuseAbove(asksOfUser, request, reply, 'this user')
  })
}

async function refuseAbove(check: Check, request: FastifyRequest, reply: FastifyReply, whose: string) {
  const found = await check(request)
  if (found.isAllowed || !found.isExceeded) return
  const seconds = Math.max(1, found.ttlInSeconds)
  reply.header('retry-after', String(seconds))
  throw new RequestError(429, `Too many requests from ${whose}: try again in ${seconds} seconds.`)
}
