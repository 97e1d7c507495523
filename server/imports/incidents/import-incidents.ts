import { attributeIncidents } from '../attribution/queries.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { settleRejects, stageRows } from '../stage-rows.ts'
import { INCIDENT_COLUMNS, type IncidentBooks, incidentCheck } from './check-incident.ts'
import { CodeBook } from './code-book.ts'
import {
  addCategories,
  addDepartments,
  analyzeIncidents,
  appendHistory,
  findCrowdedPoint,
  listCategories,
  listDepartments,
  mergeIncidents,
  startHistory,
} from './queries.ts'

/** Cases with their own times of report, deadline and closing as their history. */
export async function importIncidents(context: ImportContext): Promise<Outcome> {
  const { db, config, today } = context
  const books: IncidentBooks = {
    categories: new CodeBook('categories', await listCategories(db)),
    departments: new CodeBook('departments', await listDepartments(db)),
    unknownIntakes: new Map(),
  }
  const { filled } = await stageRows(
    context,
    'incidents',
    'number',
    INCIDENT_COLUMNS,
    incidentCheck(context, books),
  )
  await settleRejects<'incidents'>(context, 'number')
  const rows = context.rowsRead - context.report.total
  context.progress('write', rows)
  const crowdedPoint = await findCrowdedPoint(db, rows)
  return context.write(async (tx) => {
    await addCategories(tx, books.categories.added)
    await addDepartments(tx, books.departments.added)
    await attributeIncidents(tx, 'staged', today, config.timeZone)
    const { outsideGrids, ...counts } = await mergeIncidents(tx, filled)
    await analyzeIncidents(tx)
    await startHistory(tx)
    const history = await appendHistory(tx)
    return {
      ...counts,
      summary: {
        outsideGrids,
        ...history,
        newCategories: books.categories.added.length,
        newDepartments: books.departments.added.length,
        ...(books.unknownIntakes.size > 0 && {
          intakesTakenAsPublic: Object.fromEntries(books.unknownIntakes),
        }),
        ...(crowdedPoint && { crowdedPoint }),
      },
    }
  })
}
