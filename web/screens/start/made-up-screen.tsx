import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import './start.css'

const SUBJECTS = ['town', 'grids', 'buildings', 'cases', 'steps', 'life'] as const

/** `/made-up`: what of the demo district is made up, and how. */
export function MadeUpScreen() {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <PageFrame title={t('madeUp.title')}>
      {({ district: { counts, demo } }) => (
        <div className="start made-up">
          <p className="start-lead">{t(demo ? 'madeUp.lead' : 'madeUp.notHere')}</p>
          {SUBJECTS.map((subject) => (
            <section key={subject} className="panel">
              <h2>{t(`madeUp.${subject}.title`)}</h2>
              <p>
                {t(`madeUp.${subject}.text`, {
                  grids: format.count(counts.grids),
                  buildings: format.count(counts.buildings),
                  incidents: format.count(counts.incidents),
                })}
              </p>
            </section>
          ))}
        </div>
      )}
    </PageFrame>
  )
}
