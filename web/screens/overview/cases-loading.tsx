import { useTranslation } from 'react-i18next'
import { ApiError, StillLoading } from '../../api/request.ts'

/** Stands where the figures will, until the cases have come. */
export function CasesLoading({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  if (error && !(error instanceof StillLoading)) {
    const faults = error instanceof ApiError ? (error.problem?.faults ?? []) : []
    return (
      <div className="section" role="alert">
        <p>{t('error.cases')}</p>
        <p className="quiet">{error.message}</p>
        {faults.map(({ field, reason, remedy }) => (
          <p key={field} className="quiet">
            {field}: {reason}. {remedy}
          </p>
        ))}
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
