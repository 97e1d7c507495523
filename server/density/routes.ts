import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { compileFilter, type Selection } from '../../domain/columns/filter.ts'
import { DensityAnswer, DensityQuery } from '../../domain/density/density.ts'
import { countOfGrids, densityByHexagon, densityByPlace } from '../../domain/density/density-rows.ts'
import { hexagonTiling } from '../../domain/density/hexagons.ts'
import type { IncidentFilter } from '../../domain/incident-filter.ts'
import { Problem } from '../../domain/problem.ts'
import type { CaseScope } from '../../domain/scope.ts'
import { badField } from '../errors.ts'
import { countByGridInSql } from './queries.ts'

const USUAL_HEXAGON_M = 500

/** Hot spans are counted in the columns, older ones in SQL, with the same answer. */
export const densityRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/density',
    {
      config: { action: 'incident.read' },
      schema: {
        tags: ['density'],
        summary: 'Cases by grid, area or hexagon: their number, or per km² or 100 households',
        querystring: DensityQuery,
        response: { 200: DensityAnswer, '4xx': Problem, '5xx': Problem },
      },
    },
    async ({
      query: { by = 'grid', measure = 'count', hexSizeM = USUAL_HEXAGON_M, ...filter },
      caseScope,
      db,
    }) => {
      await app.columns.whenReady()
      const { columns } = app
      if (by === 'hexagon') {
        if (measure === 'perHundredHouseholds') {
          throw badField('measure', 'households are not known by hexagon', 'Use count or perKm2.')
        }
        const selection = columns.covers(filter.from)
          ? columns.select(filter, caseScope)
          : await selectCold(filter, caseScope)
        return densityByHexagon(selection, measure, hexagonTiling(hexSizeM, columns.latitude))
      }
      const counts = columns.covers(filter.from)
        ? countOfGrids(columns.select(filter, caseScope))
        : await countByGridInSql(db, caseScope, filter)
      return densityByPlace(counts, by, measure, { ...columns.places, scope: caseScope.areas })
    },
  )

  async function selectCold(filter: IncidentFilter, scope: CaseScope): Promise<Selection> {
    const columns = await app.columns.loadSpan(filter.from, filter.to, scope)
    return compileFilter(filter, columns, app.columns.contextOf(scope))
  }
}
