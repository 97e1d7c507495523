import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEFAULT_SETTINGS } from '../domain/import-options.ts'
import type { ImportOptions } from '../server/imports/import-options.ts'
import { StartError } from '../server/start-error.ts'

export const CITIES = ['tokyo', 'boston'] as const
export type City = (typeof CITIES)[number]

const NAMES_DIR = fileURLToPath(new URL('../data/real-cities/', import.meta.url))

/** Boston's codes stand behind this letter: its ward 13 would be taken for the beginning of Tokyo's 13101. */
const BOSTON = 'B'

type Step = Partial<ImportOptions> & Pick<ImportOptions, 'kind' | 'files'>

/** What is imported for a city from `dir` (REAL_DATA_DIR), in this order. */
export async function importsOf(city: City, dir: string): Promise<ImportOptions[]> {
  const steps = city === 'tokyo' ? await tokyo(join(dir, 'tokyo')) : boston(join(dir, 'boston'))
  return steps.map((step) => ({ ...DEFAULT_SETTINGS, ...step }))
}

/**
 * Where the footprints of Tokyo's wards stand in `dir`, the folder of the city.
 * @throws StartError when the folder of the other wards is not there
 */
export async function tokyoBuildingFiles(dir: string): Promise<{ sixWards: string; otherWards: string[] }> {
  const others = join(dir, 'buildings_other_wards')
  const names = await readdir(others).catch(() => {
    throw new StartError(`There is no folder ${others}: data/README.md says what belongs there.`)
  })
  return {
    sixWards: join(dir, 'buildings_6wards.geojsonl.gz'),
    otherWards: names
      .filter((name) => name.endsWith('.geojsonl.gz'))
      .sort()
      .map((name) => join(others, name)),
  }
}

async function tokyo(dir: string): Promise<Step[]> {
  const { sixWards, otherWards } = await tokyoBuildingFiles(dir)
  return [
    { kind: 'areas', files: [join(NAMES_DIR, 'tokyo-areas.csv')] },
    { kind: 'categories', files: [join(NAMES_DIR, 'tokyo-accident-categories.csv')] },
    {
      kind: 'grids',
      files: [join(dir, 'chome_6wards_2020.geojson.gz')],
      map: { code: 'KEY_CODE', name: 'S_NAME', households: 'SETAI', residents: 'JINKO' },
      areaLength: 5,
      // The canals between the islands of the bay belong to no chome: true gaps, which stay
      needsRepair: 'import',
      attribution: 'e-Stat (Statistics Bureau of Japan), census small areas 2020',
    },
    {
      kind: 'buildings',
      files: [sixWards, ...otherWards],
      map: { externalId: 'id', heightM: 'height' },
      attribution: 'Project PLATEAU (MLIT Japan) 2020 by indigo-lab, CC BY 4.0',
    },
    {
      kind: 'incidents',
      files: [join(dir, 'accidents_tokyo23_2019_2022.csv.gz')],
      map: { number: 'id', reportedAt: 'occurred_at_jst', category: 'accident_type', level: 'severity' },
      // Severity 1: somebody died, 2: somebody was injured
      values: { level: { 1: '1', 2: '3' } },
      closed: true,
      timeZone: 'Asia/Tokyo',
      attribution: 'National Police Agency of Japan, traffic accidents, by indigo-lab, CC BY 4.0',
    },
  ]
}

function boston(dir: string): Step[] {
  const city = 'City of Boston, PDDL'
  const wardNames = Object.fromEntries(Array.from({ length: 22 }, (_, i) => [String(i + 1), `Ward ${i + 1}`]))
  return [
    { kind: 'areas', files: [join(NAMES_DIR, 'boston-areas.csv')] },
    {
      kind: 'areas',
      files: [join(dir, 'Wards.geojson.gz')],
      map: { code: 'WARD', name: 'WARD' },
      values: { name: wardNames },
      codePrefix: BOSTON,
      codeDigits: 2,
      areaLevel: 'street',
      attribution: city,
    },
    {
      kind: 'areas',
      files: [join(dir, 'neighborhoods.geojson.gz')],
      map: { code: 'cartodb_id' },
      codePrefix: `${BOSTON}N`,
      codeDigits: 2,
      areaLevel: 'community',
      attribution: 'Boston neighborhoods: Code for Germany, MIT',
    },
    {
      kind: 'grids',
      files: [join(dir, 'Precincts.geojson.gz')],
      map: { code: 'WARD_PRECINCT' },
      crs: 'EPSG:2249',
      codePrefix: BOSTON,
      areaLength: 2,
      // The makers' widest slip is 4.1 m
      toleranceM: 5,
      attribution: city,
    },
    {
      kind: 'buildings',
      files: [join(dir, 'osm_buildings.geojsonl.gz')],
      map: { externalId: 'osm_id', heightM: 'height' },
      attribution: '© OpenStreetMap contributors, ODbL',
    },
    {
      kind: 'incidents',
      files: [join(dir, 'boston_311_2015.csv.gz')],
      map: {
        ...{ number: 'CASE_ENQUIRY_ID', category: 'TYPE', categoryParent: 'REASON', title: 'CASE_TITLE' },
        ...{
          address: 'Location',
          department: 'Department',
          intake: 'Source',
          lng: 'LONGITUDE',
          lat: 'LATITUDE',
        },
        ...{ reportedAt: 'OPEN_DT', dueAt: 'TARGET_DT', closedAt: 'CLOSED_DT' },
      },
      values: { intake: { 'Maximo Integration': 'superior' } },
      timeZone: 'America/New_York',
      attribution: city,
    },
  ]
}
