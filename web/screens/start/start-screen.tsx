import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { remember } from '../../ui/remembered.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { DataState } from './data-state.tsx'
import { Doors } from './doors.tsx'
import './start.css'

/** `/start`: what this is for whom, and the state of the data. */
export function StartScreen() {
  const { t } = useTranslation()
  useEffect(() => remember('start-page-seen', '1'), [])
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
