import { useTranslation } from 'react-i18next'
import { useMay } from '../../access/use-me.ts'
import { useErrorText } from '../../api/use-error-text.ts'
import { useLive } from '../../live/live-provider.tsx'
import { SearchBox } from '../../search/search-box.tsx'
import { NoticePage } from '../../ui/notice-page.tsx'
import { AlarmList } from '../../walls/alarm-list.tsx'
import { WallRemote } from '../../walls/remote/wall-remote.tsx'
import { useWall } from '../../walls/use-walls.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import type { PageSettings } from '../frame/use-page-settings.ts'

/** `/walls/:id/remote`: steers a wall from a desk or a phone. */
export default function WallRemoteScreen({ id }: { id: number }) {
  const { t } = useTranslation()
  const wall = useWall(id, { live: true, enabled: useMay('wall.steer') }).data
  return (
    <PageFrame title={wall?.name ?? t('wallDesk.remote')} action="wall.steer">
      {({ settings }) => <Remote key={id} id={id} settings={settings} />}
    </PageFrame>
  )
}

function Remote({ id, settings }: { id: number; settings: PageSettings }) {
  const { t } = useTranslation()
  const textOf = useErrorText()
  const { data: wall, error } = useWall(id, { live: true })
  const { toServerMs } = useLive()
  const mayAcknowledge = useMay('alarm.acknowledge')
  const back = <a href={settings.linkTo('/walls')}>{t('wallDesk.toWalls')}</a>
  if (error && !wall) {
    return (
      <NoticePage title={textOf(error)} role="alert" within>
        {back}
      </NoticePage>
    )
  }
  if (!wall) return <NoticePage title={t('loading.short')} busy within />
  return (
    <div className="desk remote-page">
      {back}
      <AlarmList wallId={id} toServerMs={toServerMs} mayAcknowledge={mayAcknowledge} />
      <WallRemote
        wall={wall}
        toServerMs={toServerMs}
        search={(onPick) => <SearchBox near={null} onPick={onPick} />}
      />
    </div>
  )
}
