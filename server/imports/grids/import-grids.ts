import { basename, join } from 'node:path'
import { type Cleaned, cleanCoverage } from '../../../domain/coverage/clean.ts'
import type { MultiPolygon } from '../../../domain/geometry.ts'
import { SINCE_ALWAYS } from '../../../domain/grid.ts'
import type { Transaction } from '../../database/database.ts'
import { areaChain } from '../areas/area-codes.ts'
import { linkAreas } from '../areas/link-areas.ts'
import { addMissingAreas, type NamedArea } from '../areas/queries.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { ImportRefused } from '../import-refused.ts'
import { attributePlaces } from '../places/queries.ts'
import { refuseByRejects } from '../stage-rows.ts'
import { readDay } from '../times/read-period.ts'
import { type CleaningReport, reportCleaning } from './cleaning-report.ts'
import {
  decideFates,
  type Extent,
  hasGridsNear,
  listEndedCodes,
  listNeighbours,
  lockGrids,
  lockIncidents,
  noteMovedBorders,
  reattributeBuildings,
  reattributeIncidents,
  writeGrids,
} from './queries.ts'
import { type ReadGrid, readGrids } from './read-grids.ts'
import { stageGrids } from './stage-grids.ts'

/**
 * Grids, cleaned into one coverage with the grids in force around them. Unknown codes begin; of known ones
 * attributes are updated in place, and a changed shape ends the version in force and begins a new one.
 * Buildings and open cases follow the new borders. Everything is checked again in the database.
 */
export async function importGrids(context: ImportContext): Promise<Outcome> {
  const { db, config, options, today } = context
  const changeDay = changeDayOf(context)
  const { grids, filled } = await readGrids(context, await listEndedCodes(db, today))
  refuseByRejects(context)
  context.progress('clean', grids.length)
  const extent = extentOf(grids)
  const neighbours = await listNeighbours(
    db,
    extent,
    grids.map(({ code }) => code),
    today,
  )
  const cleaned = cleanCoverage(
    [...grids.map(({ code, geometry }) => ({ key: code, geometry })), ...neighbours],
    { toleranceM: options.toleranceM },
  )
  const cleaning = await reportCleaning(context, cleaned)
  if (cleaning.problems > 0 && options.needsRepair === 'refuse')
    throw problemsRefused(context, cleaned, cleaning)
  await stageGrids(context, grids, cleaned)
  context.progress('write', grids.length)
  return context.write(async (tx) => {
    await lockGrids(tx)
    const before = await context.checkCoverage(tx, today)
    const newAreas = await addAreas(tx, context, grids)
    const firstDay = options.validFrom ?? ((await hasGridsNear(tx, extent)) ? today : SINCE_ALWAYS)
    const { latestMoved, ...counts } = await decideFates(tx, filled, changeDay, today)
    if (latestMoved !== null && latestMoved > changeDay) throw alreadyChanged(latestMoved)
    await noteMovedBorders(tx)
    await writeGrids(tx, changeDay, firstDay)
    const buildings = await reattributeBuildings(tx, today)
    await linkAreas(tx)
    await context.dissolveAreas(tx, today)
    const coverage = await context.checkCoverage(tx, today)
    // What was wrong elsewhere before is no reason to refuse these grids
    const worse = coverage.gaps > before.gaps || coverage.overlaps > before.overlaps
    if (options.needsRepair === 'refuse' && worse) {
      throw new ImportRefused('coverage-problems.database', {
        gaps: coverage.gaps,
        overlaps: coverage.overlaps,
        gapsNow: before.gaps,
        overlapsNow: before.overlaps,
      })
    }
    // At the end: whoever reports a case waits from here on
    const places = await attributePlaces(tx, today)
    await lockIncidents(tx)
    const incidents = await reattributeIncidents(tx, today, config.timeZone)
    return {
      ...counts,
      summary: { cleaning, coverage, newAreas, reattributed: { buildings, incidents, places } },
    }
  })
}

/** The day on which changed shapes take effect. */
function changeDayOf({ options, today }: ImportContext): string {
  const stated = options.validFrom
  if (stated === null) return today
  if (readDay(stated) === stated && stated <= today) return stated
  throw new ImportRefused('option-unusable.valid-from', { day: stated, today })
}

function alreadyChanged(since: string): ImportRefused {
  return new ImportRefused('option-unusable.changed-since', { since })
}

/** The areas that grids name and nobody knows; in the Chinese scheme with those above them. */
async function addAreas(
  tx: Transaction,
  { config, options }: ImportContext,
  grids: readonly ReadGrid[],
): Promise<number> {
  const areas = new Map<string, NamedArea>()
  for (const { areaCode, areaName } of grids) {
    for (const area of areaChain(areaCode, config.gridCodeScheme, options.areaLevel ?? 'community')) {
      const name = area.code === areaCode ? areaName : null
      if (name !== null || !areas.has(area.code)) areas.set(area.code, { ...area, name: name ?? area.code })
    }
  }
  return addMissingAreas(tx, [...areas.values()])
}

function extentOf(grids: readonly ReadGrid[]): Extent {
  const extent: Extent = [180, 90, -180, -90]
  for (const { geometry } of grids) {
    for (const [lng, lat] of geometry.flat(2) as MultiPolygon[number][number]) {
      extent[0] = Math.min(extent[0], lng)
      extent[1] = Math.min(extent[1], lat)
      extent[2] = Math.max(extent[2], lng)
      extent[3] = Math.max(extent[3], lat)
    }
  }
  return extent
}

function problemsRefused(
  { options, config, place: readAt }: ImportContext,
  { problems }: Cleaned,
  { problemsFile }: CleaningReport,
): ImportRefused {
  const [worst] = problems
  const place = worst!.at.map((degrees) => degrees.toFixed(6)).join(', ')
  return new ImportRefused('coverage-problems.cleaning', {
    problems: problems.length,
    tolerance: options.toleranceM,
    kind: worst!.kind,
    areaM2: Math.round(worst!.areaM2),
    widthM: worst!.widthM.toFixed(1),
    place,
    grids: worst!.keys.join(', '),
    report: readAt === 'command-line' ? join(config.dataDir, problemsFile!) : basename(problemsFile!),
  })
}
