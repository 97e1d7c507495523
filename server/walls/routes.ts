import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Registry } from 'prom-client'
import { AlarmKeeper } from './alarms/alarm-keeper.ts'
import { alarmRoutes } from './alarms/routes.ts'
import { CapSource } from './cap/cap-source.ts'
import { capRoutes } from './cap/routes.ts'
import { contentRoutes } from './content/routes.ts'
import { imageRoutes } from './images/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { SourceGauge } from './source-gauge.ts'
import { steeringRoutes } from './steering/routes.ts'
import { weatherRoutes } from './weather/routes.ts'

export interface WallsParts {
  /** where figures of this process are told */
  registry: Registry
}

/** What walls show, how they are steered, alarmed and watched. While the app listens, their alarms are kept. */
export const wallsRoutes: FastifyPluginAsyncTypebox<WallsParts> = async (app, { registry }) => {
  const { db, config, columns, changes } = app
  const warn = (details: object, message: string) => app.log.warn(details, message)
  const gauge = new SourceGauge(registry)
  const alarms = new AlarmKeeper({ db, columns, feed: changes, config, warn })
  const warnings = config.capSourceUrl
    ? new CapSource({ url: config.capSourceUrl, db, config, warn, told: (works) => gauge.set('cap', works) })
    : null
  app.addHook('onListen', async () => {
    alarms.start()
    warnings?.start()
  })
  // Before the cases in memory and the outbox are let go of
  app.addHook('preClose', async () => {
    await alarms.close()
    await warnings?.close()
  })
  await app.register(contentRoutes)
  await app.register(steeringRoutes)
  await app.register(alarmRoutes)
  await app.register(reportRoutes)
  await app.register(capRoutes)
  await app.register(weatherRoutes, { gauge })
  await app.register(imageRoutes)
}
