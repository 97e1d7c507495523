import { Button, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import 'dayjs/locale/zh-cn'
import dayjs from 'dayjs'
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../../api/request.ts'
import { useConnection } from '../../connection/use-connection.ts'
import { useDistrict } from '../../connection/use-district.ts'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { FormatContext, makeFormat } from '../../ui/format.ts'
import { switchLanguage } from '../../ui/language.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { PageFailed } from '../../ui/page-failed.tsx'
import { antdThemeOf } from '../../ui/theme.ts'
import { useMatches } from '../../ui/use-matches.ts'
import { EmptyDatabase } from './empty-database.tsx'
import './overview.css'
import { useViewState } from './use-view-state.ts'

// Map and charts are most of the code: the page says that it is connecting before they have come
const Overview = lazy(() => import('./overview.tsx').then(({ Overview }) => ({ default: Overview })))

/** `/`: the grid map of the whole district, for everybody. */
export function OverviewScreen() {
  const [view, change] = useViewState()
  const { data: district, error, refetch } = useDistrict()
  const connection = useConnection()
  const { t } = useTranslation()
  const language = view.language ?? district?.language ?? 'zh-CN'
  const timeZone = district?.timeZone ?? 'UTC'
  const reducedMotion = useMatches('(prefers-reduced-motion: reduce)')
  const theme = useMemo(() => antdThemeOf(view.theme, reducedMotion), [view.theme, reducedMotion])
  const format = useMemo(() => makeFormat(language, timeZone), [language, timeZone])

  useEffect(() => {
    switchLanguage(language)
    dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  }, [language])
  useEffect(() => {
    document.documentElement.dataset.theme = view.theme
  }, [view.theme])

  let shown: ReactNode
  if (district) {
    shown =
      district.counts.grids === 0 ? (
        <EmptyDatabase
          evaluation={district.database.evaluation}
          language={language}
          view={view}
          change={change}
        />
      ) : (
        <Overview
          district={district}
          language={language}
          view={view}
          change={change}
          lost={connection.lost}
        />
      )
  } else if (error instanceof ApiError) {
    shown = (
      <NoticePage title={t('error.server')} role="alert">
        <p>{error.message}</p>
        <Button type="primary" onClick={() => void refetch()}>
          {t('app.again')}
        </Button>
      </NoticePage>
    )
  } else if (error) {
    shown = (
      <NoticePage title={t('connection.lost')} role="alert" busy>
        <p>{t('connection.remedy')}</p>
      </NoticePage>
    )
  } else {
    shown = <NoticePage title={t('loading.district')} busy />
  }
  return (
    <ConfigProvider theme={theme} locale={language === 'zh-CN' ? zhCN : enUS}>
      <FormatContext value={format}>
        <ErrorBoundary fallback={(fault, again) => <PageFailed error={fault} again={again} />}>
          <Suspense fallback={<NoticePage title={t('loading.district')} busy />}>{shown}</Suspense>
        </ErrorBoundary>
      </FormatContext>
    </ConfigProvider>
  )
}
