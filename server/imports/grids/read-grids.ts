import type { MultiPolygon } from '../../../domain/geometry.ts'
import { ESTATE_TYPES } from '../../../domain/grid.ts'
import { communityOfGrid, gridCodeFault } from '../../../domain/grid-code.ts'
import { ESTATE_TYPE_WORDS, PEOPLE, STAFF } from '../field-ranges.ts'
import type { FieldReader } from '../field-reader.ts'
import { polygonOf } from '../geometry/row-geometry.ts'
import { type Shape, UNITS_PER_DEGREE } from '../geometry/shape.ts'
import type { ImportContext } from '../import-context.ts'
import { storedCode } from '../import-options.ts'
import { ImportRefused } from '../import-refused.ts'
import { type Checked, readRows } from '../stage-rows.ts'

/** A grid of the file, checked by itself. */
export interface ReadGrid {
  row: number
  code: string
  areaCode: string
  areaName: string | null
  name: string
  nameEn: string | null
  estateType: string
  households: number | null
  residents: number | null
  staffCount: number | null
  geometry: MultiPolygon
}

// A large city has 16 districts of about a thousand
const MOST_GRIDS = 50_000

/** All grids of the files; cleaning needs them together. `ended`: codes that may not come back. */
export async function readGrids(
  context: ImportContext,
  ended: ReadonlySet<string>,
): Promise<Checked<'grids'> & { grids: ReadGrid[] }> {
  const grids: ReadGrid[] = []
  const codes = new Set<string>()
  const checked = await readRows(context, 'grids', {
    keyField: 'code',
    take(fields, row, toLngLat) {
      const code = codeOf(fields, context)
      if (codes.has(code)) fields.reject('code', 'duplicate-key')
      if (ended.has(code)) fields.reject('code', 'grid-code-ended')
      const areaCode = areaOf(fields, context, code)
      const shape = polygonOf(fields, row, toLngLat, context.extent)
      const grid = {
        row: row.row,
        code,
        areaCode,
        areaName: fields.text('areaName', 200),
        name: fields.text('name', 200) ?? code,
        nameEn: fields.text('nameEn', 200),
        estateType: fields.choice('estateType', ESTATE_TYPES, ESTATE_TYPE_WORDS) ?? 'other',
        households: fields.wholeNumber('households', PEOPLE),
        residents: fields.wholeNumber('residents', PEOPLE),
        staffCount: fields.wholeNumber('staffCount', STAFF),
      }
      if (fields.fault || !shape) return
      codes.add(code)
      grids.push({ ...grid, geometry: inDegrees(shape) })
    },
    async breathe() {
      if (grids.length <= MOST_GRIDS) return
      throw new ImportRefused('too-many-rows', { most: MOST_GRIDS })
    },
  })
  return { ...checked, grids }
}

function codeOf(fields: FieldReader<'grids'>, { config, options }: ImportContext): string {
  const code = storedCode(fields.requiredText('code', 64), options)
  const fault = gridCodeFault(code, config.gridCodeScheme)
  if (fault) fields.reject('code', fault)
  return code
}

/** The area a grid is in: by its code in the Chinese scheme; else by a column, or by the first characters of the code. */
function areaOf(fields: FieldReader<'grids'>, { config, options }: ImportContext, code: string): string {
  const community = communityOfGrid(code, config.gridCodeScheme)
  if (community !== null) return community
  // What was asked for goes before a column that only looks right
  if (options.areaLength > 0 && !options.map.area)
    return code.slice(0, options.codePrefix.length + options.areaLength)
  const stated = fields.text('area', 64)
  if (stated !== null) return storedCode(stated, options)
  fields.reject('area', 'area-unknown')
  return ''
}

function inDegrees({ polygons }: Shape): MultiPolygon {
  return polygons.map((rings) =>
    rings.map((ring) => {
      const positions: MultiPolygon[number][number] = []
      for (let i = 0; i < ring.length; i += 2)
        positions.push([ring[i]! / UNITS_PER_DEGREE, ring[i + 1]! / UNITS_PER_DEGREE])
      return positions
    }),
  )
}
