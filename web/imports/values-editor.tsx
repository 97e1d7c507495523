import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AnyField, FIELD_NAMES } from '../../domain/import-field-names.ts'
import { IMPORT_FIELDS, type ImportKind } from '../../domain/import-fields.ts'
import type { ImportSettings } from '../../domain/import-options.ts'
import { useFormat } from '../ui/format.ts'

interface Translation {
  field: string
  from: string
  to: string
}

interface ValuesEditorProps {
  kind: ImportKind
  values: ImportSettings['values']
  onChange(values: ImportSettings['values']): void
}

/** What values of a field mean: rows of field, value in the file, value here. */
export function ValuesEditor({ kind, values, onChange }: ValuesEditorProps) {
  const { t } = useTranslation()
  const { language } = useFormat()
  // A row that is being filled in says nothing yet, and must not vanish for it
  const [rows, setRows] = useState(() => rowsOf(values))
  const change = (next: Translation[]) => {
    setRows(next)
    onChange(valuesOf(next))
  }
  const put = (index: number, part: Partial<Translation>) =>
    change(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const fields = Object.keys(IMPORT_FIELDS[kind]) as AnyField[]
  return (
    <div className="values-editor">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
        <div key={index}>
          <Select
            size="small"
            aria-label={t('imports.fieldHead')}
            value={row.field}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            options={fields.map((field) => ({ value: field, label: FIELD_NAMES[field][language] }))}
            onChange={(field) => put(index, { field })}
          />
          <Input
            size="small"
            aria-label={t('imports.valueFrom')}
            placeholder={t('imports.valueFrom')}
            value={row.from}
            onChange={(event) => put(index, { from: event.target.value })}
          />
          <Input
            size="small"
            aria-label={t('imports.valueTo')}
            placeholder={t('imports.valueTo')}
            value={row.to}
            onChange={(event) => put(index, { to: event.target.value })}
          />
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('imports.removeValue')}
            onClick={() => change(rows.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => setRows([...rows, { field: fields[0]!, from: '', to: '' }])}
      >
        {t('imports.addValue')}
      </Button>
    </div>
  )
}

function rowsOf(values: ImportSettings['values']): Translation[] {
  return Object.entries(values).flatMap(([field, words]) =>
    Object.entries(words).map(([from, to]) => ({ field, from, to })),
  )
}

function valuesOf(rows: readonly Translation[]): ImportSettings['values'] {
  const values: Record<string, Record<string, string>> = {}
  for (const { field, from, to } of rows) {
    if (from !== '') values[field] = { ...values[field], [from]: to }
  }
  return values
}
