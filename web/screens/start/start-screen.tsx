import { useTranslation } from 'react-i18next'
import { PageFrame } from '../frame/page-frame.tsx'
import { DataState } from './data-state.tsx'
import { Doors } from './doors.tsx'
import './start.css'

/** `/start`: what this is for whom, and the state of the data. */
export function StartScreen() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('start.title')}>
      {({ district, settings }) => (
        <div className="start">
          <p className="start-lead">{t('start.lead')}</p>
          <Doors settings={settings} />
          <DataState district={district} settings={settings} />
        </div>
      )}
    </PageFrame>
  )
}
