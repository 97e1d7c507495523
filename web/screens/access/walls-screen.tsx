import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { NoticePage } from '../../ui/notice-page.tsx'
import { PageFrame } from '../frame/page-frame.tsx'
import { useAreaList } from './use-area-list.ts'

// Nobody else needs its controls
const PairForm = lazy(() =>
  import('../../walls/pair-form.tsx').then(({ PairForm }) => ({ default: PairForm })),
)
const WallList = lazy(() =>
  import('../../walls/wall-list.tsx').then(({ WallList }) => ({ default: WallList })),
)

/** `/walls`: screens that nobody sits at, paired and revoked by administrators. */
export function WallsScreen() {
  const { t } = useTranslation()
  const areas = useAreaList()
  return (
    <PageFrame title={t('walls.title')}>
      {() => (
        <div className="desk">
          <Suspense fallback={<NoticePage title={t('loading.short')} busy within />}>
            <PairForm areas={areas} />
            <WallList areas={areas} />
          </Suspense>
        </div>
      )}
    </PageFrame>
  )
}
