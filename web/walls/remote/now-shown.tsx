import { AimOutlined, CompassOutlined, PushpinFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { SceneMoment } from '../../../domain/wall/scene-at.ts'
import type { Steering } from '../../../domain/wall/steering.ts'
import { secondsOf, useFormat } from '../../ui/format.ts'

interface NowShownProps {
  moment: SceneMoment
  /** null: the wall goes on by itself */
  steering: Steering | null
  /** milliseconds after 1970, by the server's clock */
  now: number
}

/** What stands on the wall now, for how long still, and who has a hand in it. */
export function NowShown({ moment, steering, now }: NowShownProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { scene, beganAt, endsAt } = moment
  const left = Math.max(0, Math.ceil((endsAt - now) / 1000))
  const share = Math.min(1, Math.max(0, (now - beganAt) / (endsAt - beganAt)))
  return (
    <section className="panel remote-part now-shown" aria-labelledby="now-shown">
      <small>{t('wallDesk.nowShown')}</small>
      <h2 id="now-shown">{scene.title}</h2>
      {!moment.pinned && (
        <>
          <span className="remote-progress" aria-hidden="true">
            <i style={{ width: `${share * 100}%` }} />
          </span>
          <small>{t('wallDesk.secondsLeft', { seconds: format.count(left) })}</small>
        </>
      )}
      {steering && (
        <ul className="steered" role="status">
          {steering.pinned !== null && (
            <li>
              <PushpinFilled aria-hidden /> {t('wallDesk.isPinned')}
            </li>
          )}
          {steering.camera && (
            <li>
              <CompassOutlined aria-hidden /> {t('wallDesk.isFlown')}
            </li>
          )}
          {steering.mark && (
            <li>
              <AimOutlined aria-hidden /> {t('wallDesk.isMarked', { text: steering.mark.text })}
            </li>
          )}
          {steering.until && (
            <li>
              {t('wallDesk.until', {
                until: format.clock(secondsOf(steering.until)),
                who: steering.by ?? '',
              })}
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
