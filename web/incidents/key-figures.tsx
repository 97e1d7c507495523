import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import type { Figures } from './figures.ts'

/** Total, open, overdue. */
export function KeyFigures({ figures }: { figures: Figures }) {
  const { t } = useTranslation()
  const format = useFormat()
  const shown = [
    { key: 'total', value: figures.total },
    { key: 'open', value: figures.open },
    { key: 'overdue', value: figures.overdue },
  ] as const
  return (
    <dl className="key-figures" aria-label={t('figures.title')}>
      {shown.map(({ key, value }) => (
        <div key={key} className={`key-figure ${key}`} data-figure={key} data-value={value}>
          <dt>{t(`figures.${key}`)}</dt>
          <dd>{format.count(value)}</dd>
          {key !== 'total' && figures.total > 0 && (
            <dd className="share">{format.percent(value / figures.total)}</dd>
          )}
        </div>
      ))}
    </dl>
  )
}
