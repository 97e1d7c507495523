import { MoonOutlined, SunOutlined } from '@ant-design/icons'
import { Button, Segmented, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type District, LANGUAGES, type Language } from '../../../domain/district.ts'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'EN' }

interface TopBarProps {
  district: District
  districtName: string | null
  language: Language
  view: ViewState
  change: ChangeView
  search: ReactNode
  span: ReactNode
  freshness: ReactNode
}

/** Name of the district, search, time span, how current the picture is, language, theme. */
export function TopBar({
  district,
  districtName,
  language,
  view,
  change,
  search,
  span,
  freshness,
}: TopBarProps) {
  const { t } = useTranslation()
  const other = view.theme === 'dark' ? 'light' : 'dark'
  return (
    <header className="top-bar">
      <div className="brand">
        <img src="/icon.svg" alt="" width={26} height={26} />
        <h1>
          {districtName && <strong>{districtName}</strong>}
          <span>{t('app.title')}</span>
        </h1>
      </div>
      {search}
      {span}
      <span className="grow" />
      {freshness}
      {district.database.evaluation && (
        <Tooltip title={t('database.evaluationLong')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach the tooltip */}
          <span className="evaluation" tabIndex={0} role="note" aria-label={t('database.evaluationLong')}>
            {t('database.evaluation')}
          </span>
        </Tooltip>
      )}
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
        icon={view.theme === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t(`app.to.${other}`)}
        title={t(`app.to.${other}`)}
        onClick={() => change({ theme: other })}
      />
    </header>
  )
}
