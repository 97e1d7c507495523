import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { makeQueryClient } from '../connection/query-client.ts'
import { LiveProvider } from '../live/live-provider.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { WallFailed } from '../wall/wall-failed.tsx'

const queryClient = makeQueryClient()

// What desks are made of is most of the code, and no wall loads it
const DeskPages = lazy(() => import('./desk-pages.tsx').then(({ DeskPages }) => ({ default: DeskPages })))
const WallScreen = lazy(() =>
  import('./wall/wall-screen.tsx').then(({ WallScreen }) => ({ default: WallScreen })),
)

export function App() {
  return (
    <ErrorBoundary fallback={(error) => <WallFailed error={error} />}>
      <QueryClientProvider client={queryClient}>
        <LiveProvider>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/wall" component={WallScreen} />
              <Route component={DeskPages} />
            </Switch>
          </Suspense>
        </LiveProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  )
}
