import { parseArgs } from 'node:util'
import { AREA_LEVELS } from '../domain/area.ts'
import { IMPORT_FIELDS, IMPORT_KINDS, type ImportKind } from '../domain/import-fields.ts'
import { DEFAULT_SETTINGS } from '../domain/import-options.ts'
import type { ImportOptions } from '../server/imports/import-options.ts'

/** What was typed cannot be understood; `message` says what and how it should be. */
export class ArgumentError extends Error {}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  crs: { type: 'string' },
  'swap-axes': { type: 'boolean' },
  map: { type: 'string', multiple: true },
  values: { type: 'string', multiple: true },
  strict: { type: 'boolean' },
  'code-prefix': { type: 'string' },
  'code-digits': { type: 'string' },
  layer: { type: 'string' },
  'time-zone': { type: 'string' },
  'date-format': { type: 'string' },
  attribution: { type: 'string' },
  level: { type: 'string' },
  'area-level': { type: 'string' },
  'area-length': { type: 'string' },
  'valid-from': { type: 'string' },
  tolerance: { type: 'string' },
  'needs-repair': { type: 'string' },
  closed: { type: 'boolean' },
} as const

/** The options of `npm run import`; null: help was asked for. @throws ArgumentError */
export function readImportArguments(args: readonly string[]): ImportOptions | null {
  const { values, positionals } = parse(args)
  if (values.help || args.length === 0) return null
  const [kindText, ...files] = positionals
  const kind = oneOf('the kind of data', kindText ?? '', IMPORT_KINDS)
  if (files.length === 0) throw new ArgumentError(`Name the file: npm run import -- ${kind} FILE`)
  const level = values.level ?? values['area-level']
  return {
    ...DEFAULT_SETTINGS,
    kind,
    files,
    crs: values.crs ?? null,
    swapAxes: values['swap-axes'] ?? false,
    map: Object.fromEntries((values.map ?? []).map((text) => pair('--map', text, 'field=column'))),
    values: translations(values.values ?? []),
    strict: values.strict ?? false,
    codePrefix: values['code-prefix'] ?? '',
    codeDigits: wholeNumber('--code-digits', values['code-digits'], 64) ?? 0,
    layer: values.layer ?? null,
    timeZone: values['time-zone'] ?? null,
    dateFormat: values['date-format'] ?? null,
    attribution: values.attribution ?? null,
    areaLevel: level === undefined ? null : oneOf('--level', level, AREA_LEVELS),
    areaLength: wholeNumber('--area-length', values['area-length'], 64) ?? 0,
    validFrom: values['valid-from'] ?? null,
    toleranceM: metres(values.tolerance),
    needsRepair: oneOf('--needs-repair', values['needs-repair'] ?? 'refuse', ['refuse', 'import'] as const),
    closed: values.closed ?? false,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new ArgumentError((error as Error).message)
  }
}

function oneOf<T extends string>(what: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text)
  if (choice) return choice
  throw new ArgumentError(
    `${what} is ${text === '' ? 'missing' : `"${text}"`}: use one of ${choices.join(', ')}.`,
  )
}

function pair(option: string, text: string, form: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new ArgumentError(`${option} ${text} cannot be read: write ${option} ${form}.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** `level:fatal=1,injury=3` as { level: { fatal: '1', injury: '3' } }. */
function translations(texts: readonly string[]): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {}
  for (const text of texts) {
    const [, field, list] = /^(\w+):(.+)$/.exec(text) ?? []
    if (!field || !list)
      throw new ArgumentError(`--values ${text} cannot be read: write --values field:from=to,from=to.`)
    const entries = list.split(',').map((entry) => pair('--values', entry, 'field:from=to,from=to'))
    found[field] = { ...found[field], ...Object.fromEntries(entries) }
  }
  return found
}

function wholeNumber(option: string, text: string | undefined, max: number): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= max) return value
  throw new ArgumentError(`${option} ${text} is no whole number from 0 to ${max}.`)
}

function metres(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SETTINGS.toleranceM
  const value = Number(text)
  if (value > 0 && value <= 100) return value
  throw new ArgumentError(`--tolerance ${text} is no number of metres above 0 and up to 100.`)
}

function fieldList(kind: ImportKind): string {
  const fields: Record<string, { required: boolean }> = IMPORT_FIELDS[kind]
  const names = Object.entries(fields).map(([name, { required }]) => (required ? `${name}*` : name))
  return `  ${kind.padEnd(11)} ${names.join(' ')}`
}

export const IMPORT_HELP = `Brings files into the database of this deployment (DATABASE_URL, else the embedded one in DATA_DIR).

  npm run import -- KIND FILE [FILE ...] [options]

KIND    one of ${IMPORT_KINDS.join(', ')}
FILE    GeoJSON (.geojson .json, one feature a line: .geojsonl .ndjson), CSV (.csv .tsv, with longitude and
        latitude or WKT), Shapefile packed into a .zip, GeoPackage (.gpkg), FlatGeobuf (.fgb), KML (.kml); each
        may end in .gz. Several files are read as one.

An import may be repeated: rows with a known key are updated, not doubled. Rejected rows are listed in
DATA_DIR/reports with row number, key, field and reason; the others go in. One import runs at a time.

What every kind takes
  --map field=column   which column fills a field; without it columns are recognised by Chinese and English names.
                       "--map name=" leaves a field empty. Repeat it for more fields.
  --values f:a=b,c=d   in field f, a means b and c means d
  --crs SYSTEM         coordinate system: EPSG:4547 (any EPSG code), cgcs2000, wgs84, gcj02, bd09.
                       Default: what the file says, else longitude and latitude
  --swap-axes          coordinates stand as latitude, longitude
  --layer NAME         of a file that holds several layers
  --strict             refuse everything when one row is rejected
  --attribution TEXT   who must be credited wherever this data is shown
  --code-prefix TEXT   written before every grid and area code, to keep two cities apart
  --code-digits N      grid and area codes that are numbers are filled up with zeros to N digits

areas
  --level LEVEL        district, street or community, when neither a column nor the code says so

grids
  --tolerance M        gaps and overlaps up to M metres wide are closed (default ${DEFAULT_SETTINGS.toleranceM})
  --needs-repair WHAT  wider ones: refuse (default), or import the grids and mark them
  --valid-from DATE    first day of the coverage, or of the changes; default: always, and today for changes
  --area-length N      the first N characters of a grid code are its area's code (GRID_CODE_SCHEME=free)
  --area-level LEVEL   level of areas that are created because nobody knows them (default community)

incidents
  --time-zone ZONE     of times without an offset, such as Asia/Shanghai (default: the district's)
  --date-format FORM   of times, such as "DD/MM/YYYY HH:mm"; default: recognised
  --closed             events without a loop: closed as they are reported

Fields (* required)
${IMPORT_KINDS.map(fieldList).join('\n')}

Examples
  npm run import -- grids grids.zip --crs EPSG:4547 --map code=WGBM --map households=HS
  npm run import -- buildings buildings.gpkg
  npm run import -- incidents cases.csv --map reportedAt=上报时间 --values level:特急=1,一般=3
`
