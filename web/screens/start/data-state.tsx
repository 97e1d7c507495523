import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { District } from '../../../domain/district.ts'
import { useMay } from '../../access/use-me.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import type { PageSettings } from '../frame/use-page-settings.ts'

const MINUTE_S = 60
const HOUR_S = 3600
const DAY_S = 86_400

/** What is loaded, how fresh it is, and in which database it lies. */
export function DataState({ district, settings }: { district: District; settings: PageSettings }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(MINUTE_S * 1000)
  const { counts, incidentSpan, database, demo, demoMixed } = district
  const mayImport = useMay('import.manage')
  return (
    <section className="data-state panel" aria-labelledby="data-state">
      <h2 id="data-state">{t('start.data.title')}</h2>
      <dl>
        {(['grids', 'buildings', 'incidents', 'areas'] as const).map((table) => (
          <div key={table}>
            <dt>{t(`start.data.${table}`)}</dt>
            <dd>{format.count(counts[table])}</dd>
          </div>
        ))}
        <div>
          <dt>{t('start.data.newest')}</dt>
          <dd>{incidentSpan ? <Age seconds={now - secondsOf(incidentSpan.to)} /> : t('start.data.none')}</dd>
        </div>
        <div>
          <dt>{t('start.data.database')}</dt>
          <dd>{t(`start.data.kind.${database.kind}`)}</dd>
        </div>
      </dl>
      {demo && (
        <p>
          {t(demoMixed ? 'start.data.demoMixed' : 'start.data.demo')}{' '}
          <Link href={settings.linkTo('/made-up')}>{t('madeUp.link')}</Link>
        </p>
      )}
      {database.evaluation && <p>{t('database.evaluationLong')}</p>}
      {mayImport && (
        <p>
          <Link href={settings.linkTo('/imports')}>{t('start.data.import')}</Link>
        </p>
      )}
    </section>
  )
}

function Age({ seconds }: { seconds: number }) {
  const { t } = useTranslation()
  const age = Math.max(0, seconds)
  if (age < HOUR_S) return <>{t('start.data.minutesAgo', { count: Math.round(age / MINUTE_S) })}</>
  if (age < 2 * DAY_S) return <>{t('start.data.hoursAgo', { count: Math.round(age / HOUR_S) })}</>
  return <>{t('start.data.daysAgo', { count: Math.round(age / DAY_S) })}</>
}
