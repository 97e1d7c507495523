import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { District, Language } from '../../../domain/district.ts'
import { useDistrict } from '../../connection/use-district.ts'
import { FormatContext, makeFormat } from '../../ui/format.ts'
import { switchLanguage } from '../../ui/language.ts'
import { LanguageAndTheme } from '../../ui/language-and-theme.tsx'
import { NoticePage } from '../../ui/notice-page.tsx'
import { antdThemeOf } from '../../ui/theme.ts'
import { useMatches } from '../../ui/use-matches.ts'
import './page-frame.css'
import { type PageSettings, usePageSettings } from './use-page-settings.ts'

interface PageFrameProps {
  title: string
  children: (parts: { district: District; language: Language; settings: PageSettings }) => ReactNode
}

/** A page that is no map: the head with the way back, language and theme, and what stands under it. */
export function PageFrame({ title, children }: PageFrameProps) {
  const settings = usePageSettings()
  const { data: district } = useDistrict()
  const { t } = useTranslation()
  const language = settings.language ?? district?.language ?? 'zh-CN'
  const timeZone = district?.timeZone ?? 'UTC'
  const reducedMotion = useMatches('(prefers-reduced-motion: reduce)')
  const theme = useMemo(() => antdThemeOf(settings.theme, reducedMotion), [settings.theme, reducedMotion])
  const format = useMemo(() => makeFormat(language, timeZone), [language, timeZone])

  useEffect(() => switchLanguage(language), [language])
  useEffect(() => {
    document.documentElement.dataset.theme = settings.theme
  }, [settings.theme])

  return (
    <ConfigProvider theme={theme} locale={language === 'zh-CN' ? zhCN : enUS}>
      <FormatContext value={format}>
        <div className="page-frame">
          <header className="page-head">
            <Link href={settings.linkTo('/start')} className="page-brand">
              <img src="/icon.svg" alt="" width={26} height={26} />
              {t('app.title')}
            </Link>
            <h1>{title}</h1>
            <span className="grow" />
            <LanguageAndTheme language={language} theme={settings.theme} change={settings.change} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
          <main className="page-body" tabIndex={0}>
            {district ? (
              children({ district, language, settings })
            ) : (
              <NoticePage title={t('loading.district')} busy />
            )}
          </main>
        </div>
      </FormatContext>
    </ConfigProvider>
  )
}
