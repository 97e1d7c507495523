import { QueryClientProvider } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Route, Switch } from 'wouter'
import { makeQueryClient } from '../connection/query-client.ts'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { NoticePage } from '../ui/notice-page.tsx'
import { PageFailed } from '../ui/page-failed.tsx'
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
          <Route path="/" component={OverviewScreen} />
          <Route path="/start" component={StartScreen} />
          <Route path="/imports" component={ImportsScreen} />
          <Route path="/made-up" component={MadeUpScreen} />
          <Route component={NoSuchPage} />
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
