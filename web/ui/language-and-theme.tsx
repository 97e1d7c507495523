import { MoonOutlined, SunOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../domain/district.ts'
import type { Theme } from './palettes.ts'

export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'EN' }

interface LanguageAndThemeProps {
  language: Language
  theme: Theme
  change(wanted: { language?: Language; theme?: Theme }): void
}

/** The two switches that stand on every page. */
export function LanguageAndTheme({ language, theme, change }: LanguageAndThemeProps) {
  const { t } = useTranslation()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <>
      <Segmented
        size="small"
        aria-label={t('app.language')}
        value={language}
        options={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        onChange={(chosen) => change({ language: chosen })}
      />
      <Button
        type="text"
        className="theme-switch"
        icon={theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t(`app.to.${other}`)}
        title={t(`app.to.${other}`)}
        onClick={() => change({ theme: other })}
      />
    </>
  )
}
