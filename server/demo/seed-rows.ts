import type { MultiPolygon, Position } from '../../domain/geometry.ts'
import { SINCE_ALWAYS } from '../../domain/grid.ts'
import { CopyWriter } from '../database/copy-writer.ts'
import { type CaseRecipe, readCaseRecipe } from './cases/case-recipe.ts'
import { casesUpTo, type DemoCase, makeYear } from './cases/make-cases.ts'
import { makePlaces } from './make-places.ts'
import { makeTown } from './town/make-town.ts'
import { readTownRecipe } from './town/town-recipe.ts'
import type { BaseGeometry, Town } from './town/town-types.ts'

/** What is written of the demo district, in this order. */
export const SEEDED_COLUMNS = {
  areas: 'code, level, name, name_en, parent_code',
  grids: 'code, valid_from, area_code, name, name_en, estate_type, households, residents, staff_count, geom',
  buildings:
    'external_id, name, address, floors, height_m, households, residents, estate_type, grid_code, area_code, geom',
  base_features: 'layer, class, name, name_en, min_zoom, geom',
  places: 'external_id, type, name, name_en, address, grid_code, area_code, geom',
  categories: 'code, parent_code, name, name_en, kind',
  departments: 'code, name, name_en',
  incidents: `id, number, category_code, level, intake, title, address, department_code, geom, grid_at_report,
    grid_now, area_code, reported_at, status, due_at, closed_at`,
  transitions: 'incident_id, at, actor, from_status, to_status, due_at, reason',
} as const
export type SeededTable = keyof typeof SEEDED_COLUMNS

export interface SeedRequest {
  scale: number
  /** seconds after 1970 of the last case */
  nowS: number
  /** what the district's clock is ahead of UTC then; clocks that are put forward and back are taken as if not */
  offsetS: number
}

/** Some rows of a table in the text format of COPY. */
export interface SeedChunk {
  table: SeededTable
  rows: Uint8Array
}

type Values = (string | number | boolean | null)[]

const CHUNK_BYTES = 1 << 20

/** All rows of the demo district, table after table; those of cases twice over: steps come after their cases. */
export async function* seedRows(request: SeedRequest): AsyncGenerator<SeedChunk> {
  const caseRecipe = await readCaseRecipe()
  const town = makeTown(await readTownRecipe(), request.scale)
  yield* chunksOf('areas', townAreas(town))
  yield* chunksOf('grids', townGrids(town))
  yield* chunksOf('buildings', townBuildings(town))
  yield* chunksOf('base_features', townBase(town))
  yield* chunksOf('places', townPlaces(town))
  yield* chunksOf('categories', caseCategories(caseRecipe))
  yield* chunksOf('departments', caseDepartments(caseRecipe))
  const year = makeYear(caseRecipe, town)
  const cases = () => casesUpTo(caseRecipe, year, request.nowS + request.offsetS)
  yield* chunksOf('incidents', incidents(cases(), request))
  yield* chunksOf('transitions', transitions(cases(), request))
}

function* chunksOf(table: SeededTable, rows: Iterable<Values>): Generator<SeedChunk> {
  const writer = new CopyWriter()
  for (const row of rows) {
    writer.row(row)
    if (writer.size > CHUNK_BYTES) yield { table, rows: writer.take() }
  }
  if (writer.size > 0) yield { table, rows: writer.take() }
}

function* townAreas({ areas }: Town): Generator<Values> {
  for (const { code, level, name, nameEn, parentCode } of areas) yield [code, level, name, nameEn, parentCode]
}

function* townGrids({ grids }: Town): Generator<Values> {
  for (const grid of grids) {
    const { code, areaCode, name, nameEn, estateType, households, residents, staffCount, geometry } = grid
    const shape = multiPolygonText(geometry)
    yield [code, SINCE_ALWAYS, areaCode, name, nameEn, estateType, households, residents, staffCount, shape]
  }
}

function* townBuildings({ buildings }: Town): Generator<Values> {
  for (const building of buildings) {
    const { externalId, name, address, floors, heightM, households, residents } = building
    const { estateType, gridCode, areaCode, ring } = building
    yield [
      ...[externalId, name, address, floors, heightM, households, residents, estateType, gridCode, areaCode],
      multiPolygonText([[ring]]),
    ]
  }
}

function* townBase({ baseFeatures }: Town): Generator<Values> {
  for (const feature of baseFeatures) {
    yield [
      feature.layer,
      feature.class,
      feature.name,
      feature.nameEn,
      feature.minZoom,
      textOf(feature.geometry),
    ]
  }
}

function* townPlaces(town: Town): Generator<Values> {
  for (const { externalId, type, name, nameEn, address, gridCode, areaCode, position } of makePlaces(town)) {
    yield [externalId, type, name, nameEn, address, gridCode, areaCode, pointText(position)]
  }
}

function* caseCategories({ categories }: CaseRecipe): Generator<Values> {
  for (const { code, parentCode, name, nameEn, kind } of categories)
    yield [code, parentCode, name, nameEn, kind]
}

function* caseDepartments({ departments }: CaseRecipe): Generator<Values> {
  for (const { code, name, nameEn } of departments) yield [code, name, nameEn]
}

function* incidents(cases: Iterable<DemoCase>, { offsetS }: SeedRequest): Generator<Values> {
  let day = ''
  let ofDay = 0
  for (const { id, kind, level, intake, place, reportedAtS, steps } of cases) {
    const today = new Date(reportedAtS * 1000).toISOString().slice(0, 10).replaceAll('-', '')
    ofDay = today === day ? ofDay + 1 : 1
    day = today
    const at = (afterS: number) => timeText(reportedAtS + afterS - offsetS)
    const last = steps.at(-1)!
    const due = steps.findLast(({ dueAfterS }) => dueAfterS !== null)
    const isOver = last.to === 'closed' || last.to === 'void'
    yield [
      id,
      `${day}-${String(ofDay).padStart(6, '0')}`,
      kind.code,
      level,
      intake,
      kind.name,
      place.address,
      kind.departmentCode,
      pointText(place.position),
      place.gridCode,
      place.gridCode,
      place.areaCode,
      at(0),
      last.to,
      due ? at(due.dueAfterS!) : null,
      isOver ? at(last.afterS) : null,
    ]
  }
}

function* transitions(cases: Iterable<DemoCase>, { offsetS }: SeedRequest): Generator<Values> {
  for (const { id, reportedAtS, steps } of cases) {
    const at = (afterS: number) => timeText(reportedAtS + afterS - offsetS)
    for (const { afterS, actor, from, to, dueAfterS, reason } of steps) {
      yield [id, at(afterS), actor, from, to, dueAfterS === null ? null : at(dueAfterS), reason]
    }
  }
}

const timeText = (seconds: number) => new Date(seconds * 1000).toISOString()
const pairText = ([lng, lat]: Position) => `${lng} ${lat}`
const lineText = (line: readonly Position[]) => `(${line.map(pairText).join(',')})`
const polygonText = (polygon: readonly (readonly Position[])[]) => `(${polygon.map(lineText).join(',')})`
const pointText = (position: Position) => `SRID=4326;POINT(${pairText(position)})`
const multiPolygonText = (shape: MultiPolygon) =>
  `SRID=4326;MULTIPOLYGON(${shape.map(polygonText).join(',')})`

function textOf(geometry: BaseGeometry): string {
  switch (geometry.type) {
    case 'Point':
      return pointText(geometry.coordinates)
    case 'LineString':
      return `SRID=4326;LINESTRING${lineText(geometry.coordinates)}`
    case 'Polygon':
      return `SRID=4326;POLYGON${polygonText(geometry.coordinates)}`
    case 'MultiPolygon':
      return multiPolygonText(geometry.coordinates)
  }
}
