import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { District, Language } from '../../../domain/district.ts'
import { LanguageAndTheme } from '../../ui/language-and-theme.tsx'
import { OwnAccount } from '../frame/own-account.tsx'
import { pageAddress } from '../frame/page-address.ts'
import { useOwnPart } from '../frame/use-own-part.ts'
import type { ChangeView } from './use-view-state.ts'
import type { ViewState } from './view-state.ts'

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

/** Name of the district, or of the part of it that is seen, search, time span, how current the picture is, language, theme. */
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
  const part = useOwnPart()
  return (
    <header className="top-bar">
      <a
        className="brand"
        href={pageAddress('/start', { language: view.language, theme: view.theme })}
        title={t('start.link')}
      >
        <img src="/icon.svg" alt="" width={26} height={26} />
        <h1>
          {part ? (
            <strong title={t('access.seesPart', { part })}>{t('access.partOnly', { part })}</strong>
          ) : (
            districtName && <strong>{districtName}</strong>
          )}
          <span>{t('app.title')}</span>
        </h1>
      </a>
      {search}
      {span}
      <span className="grow" />
      {freshness}
      {district.demo && (
        <a
          className="evaluation"
          href={pageAddress('/made-up', { language: view.language, theme: view.theme })}
        >
          {t(district.demoMixed ? 'madeUp.badgeMixed' : 'madeUp.badge')}
        </a>
      )}
      {district.database.evaluation && (
        <Tooltip title={t('database.evaluationLong')}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach the tooltip */}
          <span className="evaluation" tabIndex={0} role="note" aria-label={t('database.evaluationLong')}>
            {t('database.evaluation')}
          </span>
        </Tooltip>
      )}
      <LanguageAndTheme language={language} theme={view.theme} change={change} />
      <OwnAccount linkTo={(path) => pageAddress(path, { language: view.language, theme: view.theme })} />
    </header>
  )
}
