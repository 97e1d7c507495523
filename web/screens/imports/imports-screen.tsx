import { Alert } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import type { Bbox, MultiPolygon } from '../../../domain/geometry.ts'
import { useAreas } from '../../areas/use-areas.ts'
import { useGrids } from '../../grids/use-grids.ts'
import type { ImportView } from '../../imports/import-desk.tsx'
import { PastImports } from '../../imports/past-imports.tsx'
import { NoticePage } from '../../ui/notice-page.tsx'
import { PageFrame } from '../frame/page-frame.tsx'

// Nobody else needs its controls
const ImportDesk = lazy(() =>
  import('../../imports/import-desk.tsx').then(({ ImportDesk }) => ({ default: ImportDesk })),
)

/** `/imports`: files of the own city into the database, and the record of what was brought in. */
export function ImportsScreen() {
  const { t } = useTranslation()
  const [view, onView] = useImportView()
  const shapes = useDistrictShapes()
  return (
    <PageFrame title={t('imports.title')} action="import.manage">
      {({ district, settings }) => (
        <div className="imports">
          {district.demo && (
            <Alert
              type="warning"
              showIcon
              className="demo-notice"
              title={t('imports.demoHere')}
              description={
                <>
                  {t('imports.demoRemedy')} <code>npm run reset</code>
                </>
              }
            />
          )}
          <Suspense fallback={<NoticePage title={t('loading.short')} busy />}>
            <ImportDesk
              view={view}
              onView={onView}
              district={shapes}
              districtBbox={district.bbox as Bbox | null}
              mapLink={<Link href={settings.linkTo('/')}>{t('imports.toMap')}</Link>}
            />
            <PastImports />
          </Suspense>
        </div>
      )}
    </PageFrame>
  )
}

/** Upload and import that the address names, so that a page that is loaded again goes on where it was. */
function useImportView(): [ImportView, (view: ImportView) => void] {
  const search = useSearch()
  const query = new URLSearchParams(search)
  const job = Number(query.get('job'))
  const view = { upload: query.get('upload'), job: Number.isSafeInteger(job) && job > 0 ? job : null }
  const onView = ({ upload, job: id }: ImportView) => {
    const next = new URLSearchParams(location.search)
    if (upload === null) next.delete('upload')
    else next.set('upload', upload)
    if (id === null) next.delete('job')
    else next.set('job', String(id))
    navigate(`${location.pathname}?${next}`)
  }
  return [view, onView]
}

/** The grids in force; where there are none, the areas. */
function useDistrictShapes(): readonly MultiPolygon[] {
  const grids = useGrids().data
  const areas = useAreas().data
  return useMemo(() => {
    const shapes = grids?.features.length ? grids.features : (areas?.features ?? [])
    return shapes.flatMap(({ geometry }) => (geometry ? [geometry.coordinates as MultiPolygon] : []))
  }, [grids, areas])
}
