import { useTranslation } from 'react-i18next'
import { StillLoading } from '../../api/request.ts'
import { useErrorText } from '../../api/use-error-text.ts'

/** Stands where the figures will, until the cases have come. */
export function CasesLoading({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  if (error && !(error instanceof StillLoading)) {
    return (
      <div className="section" role="alert">
        <p>{t('error.cases')}</p>
        <p className="quiet">{textOf(error)}</p>
      </div>
    )
  }
  return (
    <div className="section" role="status">
      <p className="quiet">{t('loading.cases')}</p>
      {[64, 118, 150, 210].map((height) => (
        <div key={height} className="skeleton" style={{ height }} aria-hidden="true" />
      ))}
    </div>
  )
}
