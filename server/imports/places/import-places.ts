import { PLACE_TYPES, type PlaceType } from '../../../domain/place.ts'
import { EwkbWriter } from '../geometry/ewkb.ts'
import { pointOf } from '../geometry/row-geometry.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { type RowCheck, settleRejects, stageRows } from '../stage-rows.ts'
import type { StagingColumns } from '../staging.ts'
import { attributePlaces, countPlacesOutsideGrids, mergePlaces } from './queries.ts'

const COLUMNS: StagingColumns = {
  type: 'text',
  name: 'text',
  name_en: 'text',
  address: 'text',
  phone: 'text',
  geom: 'geometry(Point, 4326)',
}

const TYPE_WORDS: Record<string, PlaceType> = {
  服务站: 'station',
  党群服务站: 'station',
  驿站: 'station',
  网格站: 'station',
  办事处: 'office',
  办公点: 'office',
  派出所: 'office',
  避难场所: 'shelter',
  应急避难场所: 'shelter',
  消防栓: 'hydrant',
  消火栓: 'hydrant',
  其他: 'other',
}

function placeCheck({ extent }: ImportContext): RowCheck<'places'> {
  const ewkb = new EwkbWriter()
  return (fields, row, toLngLat) => {
    const key = fields.requiredText('externalId', 200)
    const point = pointOf(fields, row, toLngLat, extent)
    return {
      key,
      values: [
        fields.choice('type', PLACE_TYPES, TYPE_WORDS) ?? 'other',
        fields.requiredText('name', 200),
        fields.text('nameEn', 200),
        fields.text('address'),
        fields.text('phone', 60),
        point && ewkb.point(...point),
      ],
    }
  }
}

/** Points that people look for, each put into the grid that covers it. */
export async function importPlaces(context: ImportContext): Promise<Outcome> {
  const { filled } = await stageRows(context, 'places', 'externalId', COLUMNS, placeCheck(context))
  await settleRejects<'places'>(context, 'externalId')
  context.progress('write', context.rowsRead - context.report.total)
  return context.write(async (tx) => {
    const counts = await mergePlaces(tx, filled)
    await attributePlaces(tx, context.today)
    return { ...counts, summary: { outsideGrids: await countPlacesOutsideGrids(tx) } }
  })
}
