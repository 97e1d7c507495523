import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type BaseMap, District } from '../../domain/district.ts'
import { Problem } from '../../domain/problem.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { dayAsked } from '../as-of.ts'
import type { Config } from '../config.ts'
import { rememberedCounts } from './counts.ts'
import { attributions, demoState, gridsExtent, incidentSpan } from './queries.ts'

/** What this deployment is, and how much it holds: the first thing that a screen asks. */
export const districtRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const countsOf = rememberedCounts(app.versions)

  app.get(
    '/district',
    {
      config: { action: 'map.read' },
      schema: {
        tags: ['district'],
        summary: 'What this deployment is, and how much it holds',
        response: { 200: District, '4xx': Problem, '5xx': Problem },
      },
    },
    async ({ caseScope, db }) => {
      const { config } = app
      const today = dayAsked({}, config.timeZone)
      const [counts, bbox, span, credits, demo] = await Promise.all([
        countsOf(db, caseScope, today),
        gridsExtent(db, caseScope, today),
        incidentSpan(db, caseScope),
        attributions(db),
        demoState(db),
      ])
      return {
        timeZone: config.timeZone,
        language: config.language,
        gridCodeScheme: config.gridCodeScheme,
        version: packageFile.version,
        database: { kind: app.db.kind, evaluation: app.db.kind === 'embedded' },
        ...demo,
        baseMap: baseMapOf(config),
        counts,
        bbox,
        incidentSpan: span && { from: span.from.toISOString(), to: span.to.toISOString() },
        attributions: credits,
      }
    },
  )
}

function baseMapOf(config: Config): BaseMap {
  if (config.basemapStyleUrl) return { kind: 'style', url: config.basemapStyleUrl }
  if (config.tiandituKey) return { kind: 'tianditu', key: config.tiandituKey }
  return { kind: 'tiles' }
}
