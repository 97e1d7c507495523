import { lazy, useState } from 'react'
import { Redirect } from 'wouter'
import { useMe } from '../../access/use-me.ts'
import { isNews } from '../../ui/remembered.ts'
import { NoDistrict } from '../frame/no-district.tsx'
import { pageAddress } from '../frame/page-address.ts'
import { PageSetup } from '../frame/page-setup.tsx'
import { useUsualSettings } from '../frame/use-usual-settings.ts'
import { EmptyDatabase } from './empty-database.tsx'
import './overview.css'
import { isPlainAddress } from './plain-address.ts'
import { useViewState } from './use-view-state.ts'

// Map and charts are most of the code: the page says that it is connecting before they have come
const Overview = lazy(() => import('./overview.tsx').then(({ Overview }) => ({ default: Overview })))

/** `/`: the grid map of the whole district, for everybody. */
export function OverviewScreen() {
  const [view, change] = useViewState()
  const usual = useUsualSettings()
  const { data: me } = useMe()
  // Who has never been here begins where it is said what there is for whom
  const [isFirstVisit] = useState(
    () => isPlainAddress(location.search) && isNews('start-page-seen') && isNews('guided-look-closed'),
  )
  if (isFirstVisit && me && me.role !== 'wall') return <Redirect to={pageAddress('/start', view)} replace />
  return (
    <PageSetup language={view.language ?? usual.language} theme={view.theme}>
      {(ground) => {
        const { district, language, lost } = ground
        if (!district) return <NoDistrict ground={ground} />
        if (district.counts.grids === 0) {
          return (
            <EmptyDatabase
              evaluation={district.database.evaluation}
              language={language}
              view={view}
              change={change}
            />
          )
        }
        return <Overview district={district} language={language} view={view} change={change} lost={lost} />
      }}
    </PageSetup>
  )
}
