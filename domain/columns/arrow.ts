import {
  type Batch,
  batchType,
  Column,
  columnFromArray,
  type DataType,
  dictionary,
  field,
  int32,
  Table,
  tableFromIPC,
  tableToIPC,
  uint8,
  uint16,
  uint32,
  utf8,
  Version,
} from '@uwdata/flechette'
import { INTAKES, STATUSES } from '../incident.ts'
import { emptyColumns, type IncidentColumns } from './incident-columns.ts'
import { sliceRows } from './rows.ts'

export const ARROW_MEDIA_TYPE = 'application/vnd.apache.arrow.stream'

/** What is told about columns beside them. */
export interface ColumnsState {
  /** changes whenever the data does; '-' for data read for this one answer */
  version: string
  /** how far in the outbox: the columns hold every change visible there */
  position: string
  /** when the data last changed, as far as the server knew, ISO 8601 */
  asOf: string
  /** area code of each grid of dictionaries.grids; '' outside all areas */
  gridAreas: string[]
  /** where hexagons are true to size, degrees: every reader tiles alike */
  latitude: number
}

const PLAIN = {
  id: uint32,
  lngE7: int32,
  latE7: int32,
  reportedAt: uint32,
  dueAt: uint32,
  closedAt: uint32,
  level: uint8,
} as const
const PLAIN_NAMES = Object.keys(PLAIN) as (keyof typeof PLAIN)[]

/**
 * Columns as one Arrow IPC stream with one record batch. Categories, grids, departments, statuses and intakes
 * are dictionary columns, so that any reader of Arrow sees their codes.
 */
export function encodeColumns(columns: IncidentColumns, state: ColumnsState): Uint8Array {
  const rows = sliceRows(columns, 0, columns.length)
  const { dictionaries } = columns
  const encoded: [string, Column<unknown>][] = [
    ...PLAIN_NAMES.map((name): [string, Column<unknown>] => [
      name,
      new Column([batchOfValues(PLAIN[name](), rows[name])]),
    ]),
    ['category', codedColumn(rows.category, dictionaries.categories)],
    ['grid', codedColumn(rows.grid, dictionaries.grids)],
    ['department', codedColumn(rows.department, dictionaries.departments)],
    ['status', codedColumn(rows.status, STATUSES)],
    ['intake', codedColumn(rows.intake, INTAKES)],
  ]
  const schema = {
    version: Version.V5,
    endianness: 0 as const,
    fields: encoded.map(([name, column]) => field(name, column.type, false)),
    metadata: new Map([
      ['version', state.version],
      ['position', state.position],
      ['asOf', state.asOf],
      ['gridAreas', JSON.stringify(state.gridAreas)],
      ['latitude', String(state.latitude)],
    ]),
  }
  const table = new Table(
    schema,
    encoded.map(([, column]) => column),
  )
  return tableToIPC(table, { format: 'stream' })!
}

function codedColumn(values: Uint8Array | Uint16Array, codes: readonly string[]): Column<unknown> {
  const dictionaryColumn = columnFromArray([...codes], utf8())
  const type = dictionary(dictionaryColumn.type, values instanceof Uint8Array ? uint8() : uint16())
  const batch = batchOfValues(type, values)
  ;(batch as unknown as DictionaryBatch).setDictionary(dictionaryColumn)
  return new Column([batch])
}

/** The values as they lie in memory; the library's own way from arrays to columns copies, or makes no batch. */
function batchOfValues(type: DataType, values: ArrayBufferView): Batch<unknown> {
  const TypedBatch = batchType(type) as unknown as new (parts: object) => Batch<unknown>
  const length = (values as Uint8Array).length
  return new TypedBatch({ length, nullCount: 0, type, validity: new Uint8Array(0), values })
}

interface DictionaryBatch {
  values: Uint8Array | Uint16Array
  dictionary: Column<string>
  setDictionary(codes: Column<unknown>): void
}

/**
 * What encodeColumns wrote, as views of `bytes` (the columns' arrays share its memory; do not use it for
 * anything else). @throws Error when it is something else
 */
export function decodeColumns(bytes: ArrayBuffer | Uint8Array): { columns: IncidentColumns } & ColumnsState {
  const table = tableFromIPC(bytes)
  const metadata = table.schema.metadata
  const version = metadata?.get('version')
  const position = metadata?.get('position')
  const asOf = metadata?.get('asOf')
  const gridAreas = metadata?.get('gridAreas')
  const latitude = metadata?.get('latitude')
  if (!version || position === undefined || !asOf || !gridAreas || !latitude)
    throw new Error('This Arrow stream holds no incident columns.')
  const columns = emptyColumns(0, {
    categories: codesOf(table, 'category'),
    grids: codesOf(table, 'grid'),
    departments: codesOf(table, 'department'),
  })
  const length = table.numRows
  columns.length = length
  if (length > 0) {
    for (const name of PLAIN_NAMES) columns[name] = table.getChild(name).toArray() as never
    columns.category = keysOf(table, 'category') as Uint16Array
    columns.grid = keysOf(table, 'grid') as Uint16Array
    columns.department = keysOf(table, 'department') as Uint16Array
    columns.status = keysOf(table, 'status') as Uint8Array
    columns.intake = keysOf(table, 'intake') as Uint8Array
    columns.facet = new Uint32Array(length)
    const { category, department, status, level, intake, closedAt, facet, facets } = columns
    for (let row = 0; row < length; row++) {
      facet[row] = facets.numberOf(
        category[row]!,
        department[row]!,
        status[row]!,
        level[row]!,
        intake[row]!,
        closedAt[row]!,
      )
    }
  }
  return { columns, version, position, asOf, gridAreas: JSON.parse(gridAreas), latitude: Number(latitude) }
}

function batchOf(table: Table, name: string): DictionaryBatch {
  return table.getChild(name).data[0] as unknown as DictionaryBatch
}

function keysOf(table: Table, name: string): Uint8Array | Uint16Array {
  return batchOf(table, name).values
}

function codesOf(table: Table, name: string): string[] {
  return Array.from(batchOf(table, name).dictionary, String)
}
