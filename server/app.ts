import compress from '@fastify/compress'
import etag from '@fastify/etag'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { Registry } from 'prom-client'
import './access/actor.ts'
import { controlAccess } from './access/access.ts'
import { declareAction } from './access/require-action.ts'
import { areaRoutes } from './areas/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { buildingRoutes } from './buildings/routes.ts'
import { categoryRoutes } from './categories/routes.ts'
import { ChangeFollower } from './changes/follower.ts'
import { ColumnStore } from './columns/column-store.ts'
import type { LoadProgress } from './columns/load.ts'
import { columnRoutes } from './columns/routes.ts'
import type { Config } from './config.ts'
import { ContactBook } from './contacts/contact-book.ts'
import { ContactKeys } from './contacts/contact-keys.ts'
import { contactRoutes } from './contacts/routes.ts'
import type { Database } from './database/database.ts'
import { densityRoutes } from './density/routes.ts'
import { districtRoutes } from './district/routes.ts'
import { sendHeaders } from './edge/headers.ts'
import { logOptions } from './edge/log.ts'
import { limitRates } from './edge/rate-limits.ts'
import { shedLoad } from './edge/shed-load.ts'
import { answerBrokenHttp, answerError, answerErrors } from './errors.ts'
import { checkCoverage } from './grids/queries.ts'
import { gridRoutes } from './grids/routes.ts'
import { metricsRoutes } from './health/metrics.ts'
import { healthRoutes } from './health/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import type { LiveTiming } from './live/live-streams.ts'
import { liveRoutes } from './live/routes.ts'
import { placeRoutes } from './places/routes.ts'
import { readRelease } from './release.ts'
import { searchRoutes } from './search/routes.ts'
import { serializeAnswers } from './serialization.ts'
import { TableVersions } from './table-versions.ts'
import { tileRoutes } from './tiles/routes.ts'
import { validateRequests } from './validation.ts'
import { wallsRoutes } from './walls/routes.ts'
import { webPages } from './web-pages/routes.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Database
    config: Config
    /** what changed, by whichever process */
    changes: ChangeFollower
    /** how often each topic of the outbox changed */
    versions: TableVersions
    /** the hot cases in memory */
    columns: ColumnStore
  }
}

export interface AppParts {
  config: Config
  db: Database
  /** told while the cases are loaded for the first time */
  onLoadProgress?: (progress: LoadProgress) => void
  /** how often live streams are looked after, where not as usual */
  liveTiming?: Partial<LiveTiming>
}

/** Files to be imported come another way, by the megabyte. */
const LARGEST_BODY = 2 ** 20

/** The API and the web pages, not yet listening. Closing it does not close the database. */
export async function buildApp({ config, db, onLoadProgress, liveTiming }: AppParts) {
  const app = Fastify({
    logger: logOptions(config),
    trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
    bodyLimit: LARGEST_BODY,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: answerError,
    clientErrorHandler: answerBrokenHttp,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.decorate('db', db)
  app.decorate('config', config)
  const changes = new ChangeFollower(db, app.log)
  await changes.start()
  const columns = new ColumnStore({
    db,
    feed: changes,
    config,
    log: app.log,
    ...(onLoadProgress && { onProgress: onLoadProgress }),
  })
  const versions = new TableVersions(changes)
  app.decorate('changes', changes)
  app.decorate('versions', versions)
  app.decorate('columns', columns)
  app.addHook('onClose', async () => {
    versions.stop()
    await changes.close()
    await columns.close()
  })
  validateRequests(app)
  serializeAnswers(app)
  answerErrors(app)
  await sendHeaders(app)
  await shedLoad(app)
  await limitRates(app)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Grid management', version: '1', description: 'Grids, buildings, incidents, tiles.' },
    },
    // Which right of domain/access/action.ts each route takes
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, 'x-action': route.config?.action } as typeof schema,
      url,
    }),
  })
  // Weak: the bytes differ by compression, what they say does not. Tiles set strong ones of their own
  await app.register(etag, { weak: true })
  await app.register(compress)
  await controlAccess(app)
  await app.register(async (docs) => {
    declareAction(docs, 'docs.read')
    await docs.register(swaggerUi, { routePrefix: '/docs' })
  })
  // Figures of this process; rooms add their own
  const registry = new Registry()
  await app.register(metricsRoutes, { registry })
  await app.register(healthRoutes, { prefix: '/api' })
  await app.register(districtRoutes, { prefix: '/api' })
  await app.register(searchRoutes, { prefix: '/api' })
  await app.register(areaRoutes, { prefix: '/api/areas' })
  await app.register(gridRoutes, { prefix: '/api/grids' })
  await app.register(buildingRoutes, { prefix: '/api/buildings' })
  await app.register(placeRoutes, { prefix: '/api/places' })
  await app.register(categoryRoutes, { prefix: '/api' })
  const contactKeys = new ContactKeys(config, db.kind)
  await app.register(incidentRoutes, { prefix: '/api', contacts: new ContactBook(contactKeys) })
  await app.register(contactRoutes, { prefix: '/api', keys: contactKeys })
  await app.register(auditRoutes, { prefix: '/api' })
  await app.register(columnRoutes, { prefix: '/api' })
  await app.register(densityRoutes, { prefix: '/api' })
  await app.register(liveRoutes, {
    prefix: '/api',
    release: await readRelease(),
    ...(liveTiming && { timing: liveTiming }),
  })
  await app.register(importRoutes, {
    prefix: '/api/imports',
    thread: new URL('./import-worker-start.mjs', import.meta.url),
    checkCoverage,
  })
  await app.register(wallsRoutes, { prefix: '/api', registry })
  await app.register(tileRoutes, { prefix: '/tiles' })
  app.get('/api/openapi.json', { config: { action: 'docs.read' }, schema: { hide: true } }, () =>
    app.swagger(),
  )
  await app.register(webPages)
  return app
}
