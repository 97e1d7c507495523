import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import proj4 from 'proj4'
import { beforeEach, describe, expect, it } from 'vitest'
import { cleanCoverage } from '../../domain/coverage/clean.ts'
import { partition, soil } from '../../domain/coverage/partition-fixture.ts'
import type { CoverageGrid } from '../../domain/coverage/parts.ts'
import type { MultiPolygon, Position } from '../../domain/geometry.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { checkCoverage } from './queries.ts'

const realData = process.env.REAL_DATA_DIR
const timeout = 60_000

describeOnEachDatabase('a cleaned coverage', (db) => {
  beforeEach(async () => {
    await db().query('DELETE FROM grids')
    await db().query(
      `INSERT INTO areas (code, level, name) VALUES ('1', 'district', '1') ON CONFLICT DO NOTHING`,
    )
  })

  async function write(coverage: readonly CoverageGrid[]): Promise<void> {
    await db().query(
      `INSERT INTO grids (code, valid_from, area_code, name, geom)
       SELECT code, '1900-01-01', '1', code, ST_SetSRID(ST_GeomFromGeoJSON(shape), 4326)
         FROM unnest($1::text[], $2::text[]) AS given (code, shape)`,
      [
        coverage.map(({ key }) => key),
        coverage.map(({ geometry }) => JSON.stringify({ type: 'MultiPolygon', coordinates: geometry })),
      ],
    )
  }

  async function invalidGrids(): Promise<string[]> {
    const { rows } = await db().query<{ code: string }>('SELECT code FROM grids WHERE NOT ST_IsValid(geom)')
    return rows.map(({ code }) => code)
  }

  it('has no gaps and no overlaps for the database either', { timeout }, async () => {
    const drawn = partition({ columns: 12, rows: 10, bendsPerSide: 5, cellM: 150, seed: 7 })
    const dirty = soil(drawn, { dropped: 0.2, doubled: 0.05, jitterM: 0.1, seed: 8 })
    const { coverage, problems } = cleanCoverage(dirty, { toleranceM: 0.5 })
    expect(problems).toEqual([])
    await write(coverage)
    expect(await invalidGrids()).toEqual([])
    expect(await checkCoverage(db(), '2026-01-01')).toEqual({ overlaps: 0, overlapM2: 0, gaps: 0, gapM2: 0 })
  })

  describe.skipIf(!realData)(
    'of a real city (skipped: REAL_DATA_DIR does not name the folder of real data)',
    () => {
      it.each([
        ['Tokyo', () => readTokyo(realData!), 0.5],
        ['Boston', () => readBoston(realData!), 0.5],
        ['Boston', () => readBoston(realData!), 3],
      ])('holds for the database what it says: %s', { timeout }, async (_, read, toleranceM) => {
        const { coverage, problems } = cleanCoverage(read(), { toleranceM })
        await write(coverage)
        expect(await invalidGrids()).toEqual([])
        const found = await checkCoverage(db(), '2026-01-01')
        const areaOf = (kind: string) =>
          problems.filter((problem) => problem.kind === kind).reduce((sum, { areaM2 }) => sum + areaM2, 0)
        expect(Math.abs(found.gapM2 - areaOf('gap'))).toBeLessThan(1e-3 * areaOf('gap') + 1e-6)
        expect(Math.abs(found.overlapM2 - areaOf('overlap'))).toBeLessThan(1e-3 * areaOf('overlap') + 1e-6)
        expect(found.gaps).toBe(problems.filter(({ kind }) => kind === 'gap').length)
      })
    },
  )
})

interface Features {
  features: {
    properties: Record<string, string>
    geometry:
      | { type: 'Polygon'; coordinates: Position[][] }
      | { type: 'MultiPolygon'; coordinates: MultiPolygon }
  }[]
}

function readGrids(file: string, key: string): CoverageGrid[] {
  const { features } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Features
  return features.map(({ properties, geometry }) => ({
    key: properties[key]!,
    geometry: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
  }))
}

const readTokyo = (folder: string) =>
  readGrids(join(folder, 'tokyo/chome_6wards_2020.geojson.gz'), 'KEY_CODE')

function readBoston(folder: string): CoverageGrid[] {
  const massachusettsFeet =
    '+proj=lcc +lat_0=41 +lon_0=-71.5 +lat_1=42.6833333333333 +lat_2=41.7166666666667 ' +
    '+x_0=200000.0001016 +y_0=750000 +datum=NAD83 +units=us-ft +no_defs'
  const { forward } = proj4(massachusettsFeet, 'EPSG:4326')
  return readGrids(join(folder, 'boston/Precincts.geojson.gz'), 'WARD_PRECINCT').map(({ key, geometry }) => ({
    key,
    geometry: geometry.map((polygon) =>
      polygon.map((ring) => ring.map(([x, y]) => forward([x, y]) as Position)),
    ),
  }))
}
