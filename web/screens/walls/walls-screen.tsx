import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { READY_MADE_WALL_ID } from '../../../domain/wall/wall.ts'
import { useMay } from '../../access/use-me.ts'
import { useLive } from '../../live/live-provider.tsx'
import { AlarmList } from '../../walls/alarm-list.tsx'
import { PairForm } from '../../walls/pair-form.tsx'
import { useWalls } from '../../walls/use-walls.ts'
import { WallList } from '../../walls/wall-list.tsx'
import { Screens } from '../../walls/watch/screens.tsx'
import { useAreaList } from '../access/use-area-list.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import type { PageSettings } from '../frame/use-page-settings.ts'

/** `/walls`: the walls and their alarms; for administrators the paired screens, watched, and pairing. */
export default function WallsScreen() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('walls.title')} action="wall.read">
      {({ settings }) => <WallsDesk settings={settings} />}
    </PageFrame>
  )
}

function WallsDesk({ settings: { linkTo } }: { settings: PageSettings }) {
  const { t } = useTranslation()
  const { release, toServerMs } = useLive()
  const areas = useAreaList()
  const mayManage = useMay('wall.manage')
  const made = useWalls().data ?? []
  const readyMade = { id: READY_MADE_WALL_ID, name: t('wallDesk.readyMade') }
  return (
    <div className="desk">
      <AlarmList
        wallId={null}
        // Where nobody has made a wall all alarms are of the ready-made one
        walls={made.length > 0 ? [readyMade, ...made] : []}
        toServerMs={toServerMs}
        mayAcknowledge={useMay('alarm.acknowledge')}
      />
      <WallList
        links={{
          edit: (id) => linkTo(`/walls/${id}`),
          remote: (id) => linkTo(`/walls/${id}/remote`),
          preview: (id) => linkTo(`/walls/${id}/preview`),
        }}
        mayManage={mayManage}
        maySteer={useMay('wall.steer')}
        onMade={(id) => navigate(linkTo(`/walls/${id}`))}
      />
      {mayManage && (
        <>
          <Screens areas={areas} release={release} toServerMs={toServerMs} />
          <PairForm areas={areas} />
        </>
      )}
    </div>
  )
}
