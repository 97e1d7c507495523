import { useTranslation } from 'react-i18next'
import type { Findings, ImportJob } from '../../domain/import-job.ts'
import { useFormat } from '../ui/format.ts'
import { reportAddress } from './import-api.ts'

const SHOWN = 60
const KINDS = ['gap', 'overlap', 'invalid-ring', 'no-area', 'sliver-closed', 'overlap-removed'] as const

interface FindingsListProps {
  job: ImportJob
  findings: Findings
  focus: number | null
  onFocus(focus: number | null): void
}

/** Gaps and overlaps, the largest first; choosing one shows its place. */
export function FindingsList({ job, findings, focus, onFocus }: FindingsListProps) {
  const { t } = useTranslation()
  const { measure, count } = useFormat()
  const { features } = findings
  const more = features.length + findings.leftOut - SHOWN
  return (
    <section className="findings" aria-label={t('imports.findings')}>
      <h3>{t('imports.findings')}</h3>
      <ul>
        {features.slice(0, SHOWN).map(({ properties: { kind, closed, grids, areaM2, widthM } }, index) => {
          const known = KINDS.find((one) => one === kind)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a finding has no other name, and the list stays
            <li key={index}>
              <button
                type="button"
                className="plain"
                aria-pressed={focus === index}
                data-closed={closed}
                onClick={() => onFocus(focus === index ? null : index)}
              >
                <b>{known ? t(`imports.finding.${known}`) : kind}</b>
                <span>{grids.join(' · ')}</span>
                <span>
                  {t('imports.squareMetres', { area: measure(areaM2) })}
                  {widthM !== null && ` · ${t('imports.metresWide', { width: measure(widthM) })}`}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {more > 0 && <p className="quiet">{t('imports.moreFindings', { rows: count(more) })}</p>}
      <p className="downloads">
        {features.some(({ properties }) => !properties.closed) && (
          <a href={reportAddress(job.id, 'problems')} download>
            {t('imports.download.problems')}
          </a>
        )}
        {features.some(({ properties }) => properties.closed) && (
          <a href={reportAddress(job.id, 'changes')} download>
            {t('imports.download.changes')}
          </a>
        )}
      </p>
    </section>
  )
}
