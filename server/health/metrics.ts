import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import fastifyPlugin from 'fastify-plugin'
import { collectDefaultMetrics, Histogram, type Registry } from 'prom-client'

const metrics: FastifyPluginAsyncTypebox<{ registry: Registry }> = async (app, { registry }) => {
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, never the address asked for: labels must stay few
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  app.get(
    '/metrics',
    { config: { action: 'metrics.read' }, schema: { hide: true }, logLevel: 'warn' },
    async (_request, reply) => {
      reply.type(registry.contentType)
      return registry.metrics()
    },
  )
}

/** Prometheus figures of the process and of every route, at `/metrics`. */
export const metricsRoutes = fastifyPlugin(metrics)
