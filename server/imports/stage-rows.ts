import type { FieldOf, ImportKind } from '../../domain/import-fields.ts'
import type { ToLngLat } from './crs.ts'
import { FieldReader } from './field-reader.ts'
import type { ImportContext } from './import-context.ts'
import { ImportRefused } from './import-refused.ts'
import { openInput } from './open-input.ts'
import type { SourceRow } from './readers/source.ts'
import { reportStagedRejects, Staging, type StagingColumns } from './staging.ts'

/** A row fit for the staging table: its key, and its values in the order of the columns. */
export interface CheckedRow {
  key: string
  values: (string | number | boolean | null)[]
}

/** Judges one record; what is wrong it tells to `fields`. */
export type RowCheck<Kind extends ImportKind> = (
  fields: FieldReader<Kind>,
  row: SourceRow,
  toLngLat: ToLngLat,
) => CheckedRow

export interface Checked<Kind extends ImportKind> {
  /** fields that a column of the file fills */
  filled: FieldOf<Kind>[]
}

/** What `readRows` does with the records of the files. */
interface RowTaker<Kind extends ImportKind> {
  keyField: FieldOf<Kind>
  take(fields: FieldReader<Kind>, row: SourceRow, toLngLat: ToLngLat): void
  /** after every some hundred records */
  breathe(): Promise<void>
}

/** Reads all records, reporting those that cannot be read and those in which `take` finds a fault. */
export async function readRows<Kind extends ImportKind>(
  context: ImportContext,
  kind: Kind,
  { keyField, take, breathe }: RowTaker<Kind>,
): Promise<Checked<Kind>> {
  const { options, report } = context
  const input = await openInput(kind, options, {
    workDir: context.workDir,
    extent: context.extent,
    signal: context.signal,
    onFile: (file, rowsBefore) => report.startFile(file, rowsBefore),
  })
  context.unusedColumns = input.unused
  const fields = new FieldReader<Kind>(input.columns, options.values)
  for await (const { rows, toLngLat } of input.batches) {
    for (const row of rows) {
      if ('unreadable' in row) {
        await report.add({ row: row.row, key: null, field: '', reason: row.unreadable })
        continue
      }
      fields.start(row.properties)
      take(fields, row, toLngLat)
      if (fields.fault) await report.add({ row: row.row, key: fields.text(keyField), ...fields.fault })
    }
    context.rowsRead += rows.length
    context.progress('read', context.rowsRead)
    await breathe()
  }
  const filled = Object.entries(input.columns).filter(([, column]) => column)
  return { filled: filled.map(([field]) => field as FieldOf<Kind>) }
}

/** Reads all records into a fresh staging table, each checked; rows whose key came before are rejected there. */
export async function stageRows<Kind extends ImportKind>(
  context: ImportContext,
  kind: Kind,
  keyField: FieldOf<Kind>,
  columns: StagingColumns,
  check: RowCheck<Kind>,
): Promise<Checked<Kind>> {
  const staging = await Staging.create(context.db, columns)
  const checked = await readRows(context, kind, {
    keyField,
    take(fields, row, toLngLat) {
      const { key, values } = check(fields, row, toLngLat)
      if (!fields.fault) staging.add(row.row, key, values)
    },
    breathe: () => staging.flush(),
  })
  context.progress('check', staging.rows)
  await staging.complete()
  return checked
}

/**
 * To be asked when all checks are done: adds what the staging table rejected to the report.
 * @throws ImportRefused when a rejected row refuses the whole import, or no row is left
 */
export async function settleRejects<Kind extends ImportKind>(
  context: ImportContext,
  keyField: FieldOf<Kind>,
): Promise<void> {
  await reportStagedRejects(context.db, context.report, keyField)
  refuseByRejects(context)
}

/** @throws ImportRefused when a rejected row refuses the whole import, or no row is left */
export function refuseByRejects({ options, report, rowsRead }: ImportContext): void {
  const { total } = report
  if (total === 0 || (!options.strict && total < rowsRead)) return
  throw total === rowsRead
    ? new ImportRefused('rows-rejected.all', { rows: total })
    : new ImportRefused('rows-rejected.strict', { rejected: total, rows: rowsRead })
}
