import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import Fastify from 'fastify'
import { EVERYTHING, type Scope } from '../domain/scope.ts'
import type { Config } from './config.ts'
import { contentSecurityPolicy } from './content-security.ts'
import type { Database } from './database/database.ts'
import { districtRoutes } from './district/routes.ts'
import { answerErrors } from './errors.ts'
import { metricsRoutes } from './health/metrics.ts'
import { healthRoutes } from './health/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { validateRequests } from './validation.ts'
import { webPages } from './web-pages/routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
    config: Config
  }
  interface FastifyRequest {
    /** What the asker may see; every statement that reads district data takes it. */
    scope: Scope
  }
}

export interface AppParts {
  config: Config
  db: Database
}

/** The API and the web pages, not yet listening. Closing it does not close the database. */
export async function buildApp({ config, db }: AppParts) {
  const app = Fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel },
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.decorate('db', db)
  app.decorate('config', config)
  app.decorateRequest('scope')
  app.addHook('onRequest', async (request) => {
    request.scope = EVERYTHING
  })
  validateRequests(app)
  answerErrors(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Grid management', version: '1', description: 'Grids, buildings, incidents, tiles.' },
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
  await app.register(underPressure, { maxEventLoopDelay: 2000, retryAfter: 5 })
  await app.register(compress)
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurityPolicy(config),
    // TLS ends at the proxy, which says so itself
    strictTransportSecurity: false,
  })
  await app.register(metricsRoutes)
  await app.register(healthRoutes, { prefix: '/api' })
  await app.register(districtRoutes, { prefix: '/api' })
  await app.register(searchRoutes, { prefix: '/api' })
  await app.register(webPages)
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
  return app
}
