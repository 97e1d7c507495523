import { join } from 'node:path'
import type { Queryable } from '../server/database/database.ts'
import { openSource } from '../server/imports/readers/open-source.ts'

/** How many of `judged` rows the database and the file put into the same grid. */
export interface Agreement {
  agreeing: number
  judged: number
}

export const percent = ({ agreeing, judged }: Agreement) => (100 * agreeing) / judged

/** Grids of the six wards and the residents they hold: 659 and 1,297,238. */
export async function tokyoResidents(db: Queryable): Promise<{ grids: number; residents: number }> {
  const { rows } = await db.query<{ grids: number; residents: number }>(
    `SELECT count(*) AS grids, sum(residents) AS residents
       FROM grids
      WHERE valid_to IS NULL AND code ~ '^1310[1-6]'`,
  )
  return rows[0]!
}

/**
 * Buildings of the six wards that lie in the grid in which most buildings of their `chome` lie: the chome are
 * numbered otherwise than the grids, so which is which is taken from the most frequent pair. Judged are grids
 * with a code of 11 digits; those of 9 are whole quarters without a chome. About 99.89 %.
 */
export async function chomeAgreement(db: Queryable, dir: string): Promise<Agreement> {
  const { rows } = await db.query<{ id: string; grid: string }>(
    `SELECT external_id AS id, grid_code AS grid FROM buildings WHERE grid_code ~ '^1310[1-6]\\d{6}$'`,
  )
  const gridOf = new Map(rows.map(({ id, grid }) => [id, grid]))
  const gridsByChome = new Map<string, Map<string, number>>()
  for await (const properties of records(join(dir, 'tokyo', 'buildings_6wards.geojsonl.gz'))) {
    const grid = gridOf.get(String(properties.id))
    if (grid === undefined || !properties.chome) continue
    const counts = gridsByChome.get(String(properties.chome)) ?? new Map<string, number>()
    gridsByChome.set(String(properties.chome), counts.set(grid, (counts.get(grid) ?? 0) + 1))
  }
  const counts = [...gridsByChome.values()].map((grids) => [...grids.values()])
  return {
    agreeing: counts.reduce((sum, ofChome) => sum + Math.max(...ofChome), 0),
    judged: counts.flat().reduce((sum, count) => sum + count, 0),
  }
}

/** Where cases without a place were put: City Hall. */
const DEFAULT_POINT = { LATITUDE: '42.3594', LONGITUDE: '-71.0587' }

/** Boston's cases off the default point whose own `precinct` is the grid that covers them. About 94.4 %. */
export async function precinctAgreement(db: Queryable, dir: string): Promise<Agreement> {
  const { rows } = await db.query<{ number: string; grid: string | null }>(
    `SELECT number, grid_at_report AS grid FROM incidents WHERE grid_at_report ~ '^B'`,
  )
  const gridOf = new Map(rows.map(({ number, grid }) => [number, grid]))
  const agreement = { agreeing: 0, judged: 0 }
  for await (const row of records(join(dir, 'boston', 'boston_311_2015.csv.gz'))) {
    const grid = gridOf.get(String(row.CASE_ENQUIRY_ID))
    const isDefault = row.LATITUDE === DEFAULT_POINT.LATITUDE && row.LONGITUDE === DEFAULT_POINT.LONGITUDE
    if (!grid || !row.precinct || isDefault) continue
    agreement.judged++
    if (grid === `B${String(Number(row.precinct)).padStart(4, '0')}`) agreement.agreeing++
  }
  return agreement
}

async function* records(path: string): AsyncGenerator<Record<string, unknown>> {
  const source = await openSource(path, { workDir: '' })
  try {
    for await (const batch of source.batches) {
      for (const row of batch) if (!('unreadable' in row)) yield row.properties
    }
  } finally {
    await source.close()
  }
}
