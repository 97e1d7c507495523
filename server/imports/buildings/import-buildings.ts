import { ESTATE_TYPES } from '../../../domain/grid.ts'
import { loadInBulk } from '../../database/bulk-load.ts'
import { attributeBuildings } from '../attribution/queries.ts'
import { ESTATE_TYPE_WORDS, PEOPLE, STOREYS } from '../field-ranges.ts'
import { EwkbWriter } from '../geometry/ewkb.ts'
import { polygonOf } from '../geometry/row-geometry.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { mendShapes } from '../queries.ts'
import { type RowCheck, settleRejects, stageRows } from '../stage-rows.ts'
import type { StagingColumns } from '../staging.ts'
import { analyzeBuildings, hasBuildings, mergeBuildings } from './queries.ts'

const COLUMNS: StagingColumns = {
  name: 'text',
  address: 'text',
  floors: 'integer',
  height_m: 'real',
  households: 'integer',
  residents: 'integer',
  estate_type: 'text',
  geom: 'geometry(MultiPolygon, 4326)',
  suspect: 'boolean',
}

const HEIGHT_M = { min: 0, max: 1000 }

function buildingCheck({ extent }: ImportContext): RowCheck<'buildings'> {
  const ewkb = new EwkbWriter()
  return (fields, row, toLngLat) => {
    const key = fields.requiredText('externalId', 200)
    const shape = polygonOf(fields, row, toLngLat, extent)
    return {
      key,
      values: [
        fields.text('name'),
        fields.text('address'),
        fields.wholeNumber('floors', STOREYS),
        fields.number('heightM', HEIGHT_M),
        fields.wholeNumber('households', PEOPLE),
        fields.wholeNumber('residents', PEOPLE),
        fields.choice('estateType', ESTATE_TYPES, ESTATE_TYPE_WORDS) ?? 'other',
        shape && ewkb.multiPolygon(shape),
        shape ? !shape.plainlyValid : null,
      ],
    }
  }
}

/** Footprints, each put into the grid that holds most of it. */
export async function importBuildings(context: ImportContext): Promise<Outcome> {
  const { db, today } = context
  const { filled } = await stageRows(context, 'buildings', 'externalId', COLUMNS, buildingCheck(context))
  const mended = await db.transaction((tx) => mendShapes(tx))
  await settleRejects<'buildings'>(context, 'externalId')
  context.progress('write', context.rowsRead - context.report.total)
  return context.write(async (tx) => {
    await attributeBuildings(tx, 'staged', today)
    // Into an empty table rows go faster without indexes, which are built at the end. Until then whoever asks
    // for buildings waits: dropping an index takes the table
    const merge = () => mergeBuildings(tx, filled)
    const merged = (await hasBuildings(tx)) ? await merge() : await loadInBulk(tx, ['buildings'], merge)
    await analyzeBuildings(tx)
    const { outsideGrids, ...counts } = merged
    return { ...counts, summary: { mendedShapes: mended, outsideGrids } }
  })
}
