import { QueryClientProvider } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Route, Switch } from 'wouter'
import { makeQueryClient } from '../connection/query-client.ts'
import { LiveProvider } from '../live/live-provider.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { NoticePage } from '../ui/notice-page.tsx'
import { PageFailed } from '../ui/page-failed.tsx'
import { AuditScreen } from './access/audit-screen.tsx'
import { PairScreen } from './access/pair-screen.tsx'
import { SignedIn } from './access/signed-in.tsx'
import { UsersScreen } from './access/users-screen.tsx'
import { WallsScreen } from './access/walls-screen.tsx'
import { ImportsScreen } from './imports/imports-screen.tsx'
import { OverviewScreen } from './overview/overview-screen.tsx'
import { MadeUpScreen } from './start/made-up-screen.tsx'
import { StartScreen } from './start/start-screen.tsx'

const queryClient = makeQueryClient()

export function App() {
  return (
    <ErrorBoundary fallback={(error, again) => <PageFailed error={error} again={again} />}>
      <QueryClientProvider client={queryClient}>
        <Switch>
          <Route path="/pair" component={PairScreen} />
          <Route>
            <SignedIn>
              <LiveProvider>
                <Switch>
                  <Route path="/" component={OverviewScreen} />
                  <Route path="/start" component={StartScreen} />
                  <Route path="/imports" component={ImportsScreen} />
                  <Route path="/made-up" component={MadeUpScreen} />
                  <Route path="/users" component={UsersScreen} />
                  <Route path="/walls" component={WallsScreen} />
                  <Route path="/audit" component={AuditScreen} />
                  <Route component={NoSuchPage} />
                </Switch>
              </LiveProvider>
            </SignedIn>
          </Route>
        </Switch>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}

function NoSuchPage() {
  const { t } = useTranslation()
  return (
    <NoticePage title={t('app.noSuchPage')}>
      <a href="/">{t('app.toOverview')}</a>
    </NoticePage>
  )
}
