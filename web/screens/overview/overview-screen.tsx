import { lazy } from 'react'
import { NoDistrict } from '../frame/no-district.tsx'
import { PageSetup } from '../frame/page-setup.tsx'
import { EmptyDatabase } from './empty-database.tsx'
import './overview.css'
import { useViewState } from './use-view-state.ts'

// Map and charts are most of the code: the page says that it is connecting before they have come
const Overview = lazy(() => import('./overview.tsx').then(({ Overview }) => ({ default: Overview })))

/** `/`: the grid map of the whole district, for everybody. */
export function OverviewScreen() {
  const [view, change] = useViewState()
  return (
    <PageSetup language={view.language} theme={view.theme}>
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
