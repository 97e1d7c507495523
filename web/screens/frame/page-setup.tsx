import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import 'dayjs/locale/zh-cn'
import dayjs from 'dayjs'
import { type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { District, Language } from '../../../domain/district.ts'
import { useConnection } from '../../connection/use-connection.ts'
import { useDistrict } from '../../connection/use-district.ts'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { FormatContext, makeFormat } from '../../ui/format.ts'
import { switchLanguage } from '../../ui/language.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { PageFailed } from '../../ui/page-failed.tsx'
import type { Theme } from '../../ui/palettes.ts'
import { antdThemeOf } from '../../ui/theme.ts'
import { useMatches } from '../../ui/use-matches.ts'

/** What every page stands on. */
export interface PageGround {
  /** undefined: not yet known, or not to be had */
  district: District | undefined
  /** why there is no district */
  error: Error | null
  /** asks for the district again */
  askAgain(): void
  language: Language
  /** the server or its database does not answer */
  lost: boolean
}

interface PageSetupProps {
  /** null: the district's */
  language: Language | null
  theme: Theme
  /** nothing is asked of the district: nobody may know yet who asks */
  withoutDistrict?: boolean
  children(ground: PageGround): ReactNode
}

/** Language, theme, formats and connection of a page, the same for all of them. */
export function PageSetup({ language: chosen, theme, withoutDistrict = false, children }: PageSetupProps) {
  const { data: district, error, refetch } = useDistrict(!withoutDistrict)
  const { lost } = useConnection()
  const { t } = useTranslation()
  const language = chosen ?? district?.language ?? 'zh-CN'
  const timeZone = district?.timeZone ?? 'UTC'
  const reducedMotion = useMatches('(prefers-reduced-motion: reduce)')
  const antdTheme = useMemo(() => antdThemeOf(theme, reducedMotion), [theme, reducedMotion])
  const format = useMemo(() => makeFormat(language, timeZone), [language, timeZone])

  useEffect(() => {
    switchLanguage(language)
    // antd's calendars name days and months by it
    dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  }, [language])
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])

  return (
    <ConfigProvider
      theme={antdTheme}
      locale={language === 'zh-CN' ? zhCN : enUS}
      // A name of two characters stays as it is written
      button={{ autoInsertSpace: false }}
    >
      <FormatContext value={format}>
        <ErrorBoundary fallback={(fault, again) => <PageFailed error={fault} again={again} />}>
          <Suspense fallback={<NoticePage title={t('loading.district')} busy />}>
            {children({ district, error, askAgain: () => void refetch(), language, lost })}
          </Suspense>
        </ErrorBoundary>
      </FormatContext>
    </ConfigProvider>
  )
}
