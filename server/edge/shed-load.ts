import { getHeapStatistics } from 'node:v8'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { RequestError } from '../errors.ts'

const SAMPLE_MS = 1_000
/** One long turn, as a collection of garbage or a tile of everything takes, turns nobody away. */
const SAMPLES_IN_A_ROW = 3
/** What V8 may use is nearly used up: it does hardly anything but collect then. */
const HEAP_SHARE = 0.95
const RETRY_AFTER_S = 5
/** Whoever watches the server must be answered then most of all. */
const WATCHING = new Set(['/api/health', '/api/ready', '/metrics'])

/**
 * Answers 503 while the event loop has been late by `maxEventLoopDelayMs` on average, or the heap full, for three
 * seconds on end. To be called before anything else looks at requests.
 */
export async function shedLoad(app: FastifyInstance): Promise<void> {
  let samples = 0
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: app.config.maxEventLoopDelayMs,
    maxHeapUsedBytes: getHeapStatistics().heap_size_limit * HEAP_SHARE,
    pressureHandler: ({ routeOptions }, reply) => {
      if (samples < SAMPLES_IN_A_ROW || WATCHING.has(routeOptions.url ?? '')) return
      reply.header('retry-after', String(RETRY_AFTER_S))
      throw new RequestError(503, 'The server has too much to do: try again in a few seconds.')
    },
  })
  const watch = setInterval(() => {
    samples = app.isUnderPressure() ? samples + 1 : 0
  }, SAMPLE_MS)
  watch.unref()
  app.addHook('onClose', async () => clearInterval(watch))
}
