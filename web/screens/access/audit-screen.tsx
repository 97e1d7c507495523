import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { type AuditView, readAuditView } from '../../audit/audit-filter.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { useUsers } from '../../users/use-users.ts'
import { useWallDevices } from '../../walls/use-walls.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import type { PageSettings } from '../frame/use-page-settings.ts'
import { useAreaList } from './use-area-list.ts'

// Nobody else needs its controls
const AuditDesk = lazy(() =>
  import('../../audit/audit-desk.tsx').then(({ AuditDesk }) => ({ default: AuditDesk })),
)

/** `/audit`: who did what, for administrators. */
export function AuditScreen() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('audit.title')} action="audit.read">
      {({ settings }) => <Desk settings={settings} />}
    </PageFrame>
  )
}

function Desk({ settings }: { settings: PageSettings }) {
  const { t } = useTranslation()
  const [view, onView] = useAuditView()
  const areas = useAreaList()
  const users = useUsers().data
  const walls = useWallDevices().data
  const names = useMemo(
    () => [...new Set([...(users ?? []), ...(walls ?? [])].map(({ name }) => name))],
    [users, walls],
  )
  return (
    <div className="desk">
      <Suspense fallback={<NoticePage title={t('loading.short')} busy within />}>
        <AuditDesk
          view={view}
          onView={onView}
          names={names}
          areas={areas}
          caseAddress={(id) => settings.linkTo('/', { case: id })}
        />
      </Suspense>
    </div>
  )
}

/** The filters that the address names: what one sees can be sent to somebody else. */
function useAuditView(): [AuditView, (view: AuditView) => void] {
  const search = useSearch()
  const view = useMemo(() => readAuditView(new URLSearchParams(search)), [search])
  const onView = (wanted: AuditView) => {
    const next = new URLSearchParams(location.search)
    for (const [name, value] of Object.entries(wanted)) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    navigate(`${location.pathname}?${next}`)
  }
  return [view, onView]
}
