import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { type AnyField, FIELD_NAMES } from '../../domain/import-field-names.ts'
import { IMPORT_FIELDS, type ImportKind } from '../../domain/import-fields.ts'
import type { Inspection } from '../../domain/import-job.ts'
import { useFormat } from '../ui/format.ts'
import { columnOfField } from './import-settings.ts'

interface ColumnTableProps {
  kind: ImportKind
  inspection: Inspection
  map: Readonly<Record<string, string>>
  faults: readonly string[]
  onChange(map: Record<string, string>): void
}

/** Which column fills which field: guessed, and changed by choosing. */
export function ColumnTable({ kind, inspection, map, faults, onChange }: ColumnTableProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  const { columns, firstRows, geometries } = inspection
  const chosen = columnOfField(kind, columns, map)
  const hasShapes =
    geometries.length > 0 && columns.every((column) => column !== chosen.wkt && column !== chosen.lng)
  const fields = (Object.entries(IMPORT_FIELDS[kind]) as [AnyField, { required: boolean }][]).filter(
    ([field]) => !(hasShapes && ['lng', 'lat', 'wkt'].includes(field)),
  )
  const sample = (column: string | undefined) => {
    const at = column ? columns.indexOf(column) : -1
    return at < 0 ? '' : (firstRows.find((row) => row[at] !== null)?.[at] ?? '')
  }
  return (
    <>
      <table className="column-table">
        <thead>
          <tr>
            <th scope="col">{t('imports.fieldHead')}</th>
            <th scope="col">{t('imports.columnHead')}</th>
            <th scope="col">{t('imports.sampleHead')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(([field, { required }]) => {
            const column = chosen[field]
            const isMissing = required && !column
            return (
              <tr key={field} data-field={field}>
                <th scope="row">
                  {FIELD_NAMES[field][language]}
                  {required && <abbr title={t('imports.required')}>*</abbr>}
                </th>
                <td>
                  <Select
                    size="small"
                    aria-label={FIELD_NAMES[field][language]}
                    {...(isMissing && { status: 'error' as const })}
                    value={column || ''}
                    showSearch
                    popupMatchSelectWidth={false}
                    options={[
                      { value: '', label: t(isMissing ? 'imports.chooseColumn' : 'imports.noColumn') },
                      ...columns.map((name) => ({ value: name, label: name })),
                    ]}
                    onChange={(name) => onChange({ ...map, [field]: name })}
                  />
                </td>
                <td className="sample" title={sample(column)}>
                  {sample(column)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {faults.map((fault) => (
        <p key={fault} className="field-fault" role="alert">
          {fault}
        </p>
      ))}
    </>
  )
}
