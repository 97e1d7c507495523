import { AREA_LEVELS, type AreaLevel } from '../../../domain/area.ts'
import { EwkbWriter } from '../geometry/ewkb.ts'
import { polygonOf } from '../geometry/row-geometry.ts'
import type { ImportContext, Outcome } from '../import-context.ts'
import { storedCode } from '../import-options.ts'
import { mendShapes, rejectWithoutRoot } from '../queries.ts'
import { type RowCheck, settleRejects, stageRows } from '../stage-rows.ts'
import { areaChain, levelOfCode } from './area-codes.ts'
import { linkAreas } from './link-areas.ts'
import { addMissingAreas, mergeAreas } from './queries.ts'

const COLUMNS = {
  level: 'text',
  name: 'text',
  name_en: 'text',
  parent_code: 'text COLLATE "C"',
  geom: 'geometry(MultiPolygon, 4326)',
  suspect: 'boolean',
}

const LEVEL_WORDS: Record<string, AreaLevel> = {
  区县: 'district',
  区: 'district',
  县: 'district',
  街道: 'street',
  镇: 'street',
  乡: 'street',
  社区: 'community',
  村: 'community',
}

/** `above`: where the codes of areas are gathered that a row's code begins with. */
function areaCheck({ options, config, extent }: ImportContext, above: Set<string>): RowCheck<'areas'> {
  const scheme = config.gridCodeScheme
  const ewkb = new EwkbWriter()
  return (fields, row, toLngLat) => {
    const key = storedCode(fields.requiredText('code', 64), options)
    const stated = fields.choice('level', AREA_LEVELS, LEVEL_WORDS) ?? options.areaLevel
    const level = scheme === 'cn15' ? levelOfCode(key) : stated
    if (level === null) fields.reject('code', 'area-code-malformed')
    const parentText = fields.text('parent', 64)
    const parent = parentText === null ? null : storedCode(parentText, options)
    if (parent !== null && (parent === key || !key.startsWith(parent)))
      fields.reject('parent', 'area-code-malformed')
    // A list of codes and names is a good list of areas: their shapes come from their grids
    const hasShape = row.geometry !== null || fields.text('wkt', Number.MAX_SAFE_INTEGER) !== null
    const shape = hasShape ? polygonOf(fields, row, toLngLat, extent) : null
    const names = [fields.requiredText('name', 200), fields.text('nameEn', 200)]
    if (scheme === 'cn15' && !fields.fault)
      for (const { code } of areaChain(key, scheme, level!)) if (code !== key) above.add(code)
    return {
      key,
      values: [
        level,
        ...names,
        scheme === 'cn15' ? null : parent,
        shape && ewkb.multiPolygon(shape),
        shape ? !shape.plainlyValid : false,
      ],
    }
  }
}

/**
 * Districts, streets and communities. Areas above them that the code names and nobody knows are added with
 * their code for a name; an area without a shape gets that of its grids.
 */
export async function importAreas(context: ImportContext): Promise<Outcome> {
  const { db, today } = context
  const above = new Set<string>()
  const { filled } = await stageRows(context, 'areas', 'code', COLUMNS, areaCheck(context, above))
  const mended = await db.transaction((tx) => mendShapes(tx))
  await rejectWithoutRoot(db, 'areas', filled)
  await settleRejects<'areas'>(context, 'code')
  return context.write(async (tx) => {
    const counts = await mergeAreas(tx, filled)
    const chain = [...above].map((code) => ({ code, level: levelOfCode(code)!, name: code }))
    const added = await addMissingAreas(tx, chain)
    await linkAreas(tx)
    await context.dissolveAreas(tx, today)
    return { ...counts, summary: { mendedShapes: mended, areasAddedAbove: added } }
  })
}
