import { useTranslation } from 'react-i18next'
import type { Inspection } from '../../domain/import-job.ts'

/** The first rows of the files as they stand in them. */
export function FirstRows({ inspection: { columns, firstRows } }: { inspection: Inspection }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <section className="first-rows" tabIndex={0} aria-label={t('imports.firstRows')}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {firstRows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and do not move
            <tr key={index}>
              <td>{index + 1}</td>
              {columns.map((column, at) => (
                <td key={column} title={row[at] ?? ''}>
                  {row[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
