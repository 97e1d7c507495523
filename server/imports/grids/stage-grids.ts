import type { Cleaned } from '../../../domain/coverage/clean.ts'
import type { MultiPolygon } from '../../../domain/geometry.ts'
import { EwkbWriter } from '../geometry/ewkb.ts'
import { type Shape, snapped } from '../geometry/shape.ts'
import type { ImportContext } from '../import-context.ts'
import { Staging } from '../staging.ts'
import type { ReadGrid } from './read-grids.ts'

const COLUMNS = {
  area_code: 'text COLLATE "C"',
  name: 'text',
  name_en: 'text',
  estate_type: 'text',
  households: 'integer',
  residents: 'integer',
  staff_count: 'integer',
  needs_repair: 'boolean',
  geom: 'geometry(MultiPolygon, 4326)',
}

// A neighbour keeps its attributes: only its shape and its need of repair are staged, without an area
const NEIGHBOUR = [null, null, null, null, null, null, null]

/** Puts the cleaned shapes with the attributes of their grids into the staging table. */
export async function stageGrids(
  { db, report }: ImportContext,
  grids: readonly ReadGrid[],
  { coverage, problems }: Cleaned,
): Promise<void> {
  const staging = await Staging.create(db, COLUMNS)
  const ewkb = new EwkbWriter()
  const read = new Map(grids.map((grid) => [grid.code, grid]))
  const needsRepair = new Set(problems.flatMap(({ keys }) => keys))
  for (const { key, geometry } of coverage) {
    const grid = read.get(key)
    read.delete(key)
    staging.add(grid?.row ?? 0, key, [
      ...(grid ? attributes(grid) : NEIGHBOUR),
      needsRepair.has(key),
      ewkb.multiPolygon(inUnits(geometry)),
    ])
    await staging.flush()
  }
  for (const { row, code } of read.values()) {
    await report.add({ row, key: code, field: 'geometry', reason: 'geometry-invalid' })
  }
  await staging.complete()
}

const attributes = (grid: ReadGrid) => [
  grid.areaCode,
  grid.name,
  grid.nameEn,
  grid.estateType,
  grid.households,
  grid.residents,
  grid.staffCount,
]

function inUnits(geometry: MultiPolygon): Shape {
  const polygons = geometry.map((rings) =>
    rings.map((ring) => ring.flatMap(([lng, lat]) => [snapped(lng), snapped(lat)])),
  )
  return { polygons, plainlyValid: false }
}
