import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Route, Switch } from 'wouter'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { NoticePage } from '../ui/notice-page.tsx'
import { PageFailed } from '../ui/page-failed.tsx'
import { AuditScreen } from './access/audit-screen.tsx'
import { PairScreen } from './access/pair-screen.tsx'
import { SignedIn } from './access/signed-in.tsx'
import { UsersScreen } from './access/users-screen.tsx'
import { PageSetup } from './frame/page-setup.tsx'
import { usePageSettings } from './frame/use-page-settings.ts'
import { ImportsScreen } from './imports/imports-screen.tsx'
import { OverviewScreen } from './overview/overview-screen.tsx'
import { MadeUpScreen } from './start/made-up-screen.tsx'
import { StartScreen } from './start/start-screen.tsx'

// Few need these, and phones least of all the rest
const WallsScreen = lazy(() => import('./walls/walls-screen.tsx'))
const WallEditorScreen = lazy(() => import('./walls/wall-editor-screen.tsx'))
const WallRemoteScreen = lazy(() => import('./walls/wall-remote-screen.tsx'))
const WallPreviewScreen = lazy(() => import('./walls/wall-preview-screen.tsx'))

/** Every page that somebody sits at. */
export function DeskPages() {
  return (
    <ErrorBoundary fallback={(error, again) => <PageFailed error={error} again={again} />}>
      <Switch>
        <Route path="/pair" component={PairScreen} />
        <Route>
          <SignedIn>
            <Suspense fallback={null}>
              <Switch>
                <Route path="/" component={OverviewScreen} />
                <Route path="/start" component={StartScreen} />
                <Route path="/imports" component={ImportsScreen} />
                <Route path="/made-up" component={MadeUpScreen} />
                <Route path="/users" component={UsersScreen} />
                <Route path="/walls" component={WallsScreen} />
                <Route path="/walls/:id">{({ id }) => <WallEditorScreen id={Number(id)} />}</Route>
                <Route path="/walls/:id/remote">{({ id }) => <WallRemoteScreen id={Number(id)} />}</Route>
                <Route path="/walls/:id/preview">{({ id }) => <WallPreviewScreen id={Number(id)} />}</Route>
                <Route path="/audit" component={AuditScreen} />
                <Route component={NoSuchPage} />
              </Switch>
            </Suspense>
          </SignedIn>
        </Route>
      </Switch>
    </ErrorBoundary>
  )
}

function NoSuchPage() {
  const { t } = useTranslation()
  const { language, theme, linkTo } = usePageSettings()
  return (
    <PageSetup language={language} theme={theme}>
      {() => (
        <NoticePage title={t('app.noSuchPage')}>
          <a href={linkTo('/')}>{t('app.toOverview')}</a>
        </NoticePage>
      )}
    </PageSetup>
  )
}
