import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Action } from '../../../domain/access/action.ts'
import type { District, Language } from '../../../domain/district.ts'
import { ConnectionLostNotice } from '../../connection/connection-notice.tsx'
import { LanguageAndTheme } from '../../ui/language-and-theme.tsx'
import { NoDistrict } from './no-district.tsx'
import { OnlyFor } from './only-for.tsx'
import { OwnAccount } from './own-account.tsx'
import './page-frame.css'
import { type PageGround, PageSetup } from './page-setup.tsx'
import { type PageSettings, usePageSettings } from './use-page-settings.ts'

interface PageFrameProps {
  title: string
  /** what one must be allowed to do here; none: it is for everybody */
  action?: Action
  children: (parts: { district: District; language: Language; settings: PageSettings }) => ReactNode
}

/** A page that is no map: the head with the way back, language and theme, and what stands under it. */
export function PageFrame({ title, action, children }: PageFrameProps) {
  const settings = usePageSettings()
  const { t } = useTranslation()
  return (
    <PageSetup language={settings.language} theme={settings.theme}>
      {(ground) => (
        <div className="page-frame">
          <header className="page-head">
            <Link href={settings.linkTo('/start')} className="page-brand" aria-label={t('app.title')}>
              <img src="/icon.svg" alt="" width={26} height={26} />
              <span>{t('app.title')}</span>
            </Link>
            <h1>{title}</h1>
            <span className="grow" />
            <LanguageAndTheme language={ground.language} theme={settings.theme} change={settings.change} />
            <OwnAccount linkTo={settings.linkTo} />
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
          <main className="page-body" tabIndex={0}>
            {ground.district && ground.lost && (
              <div className="page-notice">
                <ConnectionLostNotice updatedAt={0} />
              </div>
            )}
            <Body ground={ground} action={action} settings={settings}>
              {children}
            </Body>
          </main>
        </div>
      )}
    </PageSetup>
  )
}

interface BodyProps extends Pick<PageFrameProps, 'children'> {
  ground: PageGround
  action: Action | undefined
  settings: PageSettings
}

function Body({ ground, action, settings, children }: BodyProps) {
  const { district, language } = ground
  if (!district) return <NoDistrict ground={ground} within />
  if (!action) return children({ district, language, settings })
  return (
    <OnlyFor action={action} backTo={settings.linkTo('/')}>
      {() => children({ district, language, settings })}
    </OnlyFor>
  )
}
