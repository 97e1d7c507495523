import { useTranslation } from 'react-i18next'
import { type AnyField, FIELD_NAMES } from '../../domain/import-field-names.ts'
import { IMPORT_FIELDS, type ImportKind } from '../../domain/import-fields.ts'
import { useFormat } from '../ui/format.ts'

/** What is found first when later rows need it: grids lie in areas, buildings and cases in grids. */
const ORDER: readonly ImportKind[] = [
  'areas',
  'grids',
  'buildings',
  'categories',
  'incidents',
  'places',
  'indicators',
]

/** What can be imported, and what a file of it must hold. */
export function KindsList() {
  const { t } = useTranslation()
  const { language } = useFormat()
  return (
    <section className="panel import-card" aria-labelledby="import-kinds">
      <h2 id="import-kinds">{t('imports.kindsTitle')}</h2>
      <ol className="kinds-list">
        {ORDER.map((kind) => (
          <li key={kind}>
            <b>{t(`imports.kind.${kind}`)}</b>
            <span>{t(`imports.kindHint.${kind}`)}</span>
            <span className="quiet">
              {t('imports.needs', {
                fields: requiredOf(kind)
                  .map((field) => FIELD_NAMES[field][language])
                  .join(', '),
              })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

const requiredOf = (kind: ImportKind): AnyField[] =>
  (Object.entries(IMPORT_FIELDS[kind]) as [AnyField, { required: boolean }][])
    .filter(([, { required }]) => required)
    .map(([field]) => field)
