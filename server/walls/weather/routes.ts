import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../../../domain/problem.ts'
import { Weather } from '../../../domain/wall/weather.ts'
import { RequestError } from '../../errors.ts'
import type { SourceGauge } from '../source-gauge.ts'
import { WeatherSource } from './weather-source.ts'

export interface WeatherRouteParts {
  gauge: SourceGauge
}

/** The weather by the configured address. */
export const weatherRoutes: FastifyPluginAsyncTypebox<WeatherRouteParts> = async (app, { gauge }) => {
  const { weatherUrl } = app.config
  const warn = (details: object, message: string) => app.log.warn(details, message)
  const source = weatherUrl
    ? new WeatherSource({ url: weatherUrl, warn, told: (works) => gauge.set('weather', works) })
    : null

  app.get(
    '/weather',
    {
      config: { action: 'wall.show' },
      schema: {
        tags: ['walls'],
        summary: 'The weather; how old it is stands in `at`',
        response: { 200: Weather, '4xx': Problem, '5xx': Problem },
      },
    },
    async () => {
      if (!source) throw new RequestError(404, 'No weather is set up: an administrator may set WEATHER_URL.')
      const weather = await source.now()
      if (!weather)
        throw new RequestError(503, 'The weather cannot be read at the moment; it is being tried again.')
      return weather
    },
  )
}
