import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { District } from '../../../domain/district.ts'
import type { Wall as WallInForce } from '../../../domain/wall/wall.ts'
import { useMe } from '../../access/use-me.ts'
import { useConnection } from '../../connection/use-connection.ts'
import { useDistrict } from '../../connection/use-district.ts'
import { ErrorBoundary } from '../../ui/error-boundary.tsx'
import { FormatContext, makeFormat } from '../../ui/format.ts'
import { standAsWall } from '../../ui/interface-scale.ts'
import { switchLanguage } from '../../ui/language.ts'
import { NoticePage } from '../../ui/notice-page.tsx'
import { remember, remembered } from '../../ui/remembered.ts'
import { useToldByPage } from '../../ui/told-between-pages.ts'
import { openPage } from '../../wall/open-page.ts'
import { pairAddress } from '../../wall/wall-address.ts'
import { fetchOwnWall } from '../../wall/wall-api.ts'
import { WallFailed } from '../../wall/wall-failed.tsx'
import { partOf } from '../../wall/wall-part.ts'
import { draftChannel, type ShownDraft } from '../../walls/shown-draft.ts'
import { Wall } from './wall.tsx'

const WALL_EVERY_MS = 15_000

// People who look at a wall first sign in like everywhere; walls never load this
const SignedIn = lazy(() => import('../access/signed-in.tsx').then(({ SignedIn }) => ({ default: SignedIn })))

/**
 * `/wall`: a screen that nobody sits at. `?wall=ID` shows people another one, `?part=COLUMN,ROW` a part of it,
 * `?preview=1&scene=ID` one that is being edited.
 */
export function WallScreen() {
  return (
    <ErrorBoundary fallback={(error) => <WallFailed error={error} />}>
      <Suspense fallback={null}>
        <Entered />
      </Suspense>
    </ErrorBoundary>
  )
}

function Entered() {
  const search = useSearch()
  const query = new URLSearchParams(search)
  const { data: me } = useMe()
  const { lost } = useConnection()
  const named = query.get('wall')
  const isStranger = me === null
  const isWall = me?.role === 'wall'
  useEffect(() => {
    if (isWall) remember('was-wall', 'yes')
  }, [isWall])
  useEffect(() => {
    // A token that was taken away: the screen offers itself to be paired again
    if (isStranger && named === null) return openPage(pairAddress(search, remembered('was-wall') !== null))
  }, [isStranger, named, search])
  if (me === null) return named === null ? <Waiting /> : <SignedIn>{null}</SignedIn>
  if (!me) return <Waiting />
  const id = named !== null && /^\d{1,15}$/.test(named) ? Number(named) : null
  const preview = { isPreview: query.get('preview') === '1', scene: query.get('scene') }
  return <Known id={id} part={query.get('part')} {...preview} isWall={isWall} lost={lost} />
}

/** Nothing has been heard yet: the only time that a wall shows no map. */
function Waiting() {
  const { t } = useTranslation()
  return <NoticePage title={t('loading.district')} busy />
}

interface KnownProps {
  id: number | null
  part: string | null
  /** shown to its editor: as it is being edited, and held at a scene */
  isPreview: boolean
  scene: string | null
  isWall: boolean
  lost: boolean
}

function Known({ id, part, isPreview, scene, isWall, lost }: KnownProps) {
  const { data: district } = useDistrict()
  const { data: wall } = useQuery({
    queryKey: ['walls', 'own', id],
    queryFn: ({ signal }) => fetchOwnWall(id, signal),
    refetchInterval: WALL_EVERY_MS,
    refetchIntervalInBackground: true,
  })
  const told = useToldByPage<ShownDraft>(isPreview && id !== null ? draftChannel(id) : null)
  const held = isPreview ? (told?.scene ?? scene) : null
  const shown = useMemo(() => wall && (told ? { ...wall, ...told.draft } : wall), [wall, told])
  if (!district || !shown) return <Waiting />
  return <Prepared district={district} wall={shown} held={held} part={part} isWall={isWall} lost={lost} />
}

interface PreparedProps {
  district: District
  wall: WallInForce
  held: string | null
  part: string | null
  isWall: boolean
  lost: boolean
}

function Prepared({ district, wall, held, part: named, isWall, lost }: PreparedProps) {
  const { language, theme, split } = wall.content
  const format = useMemo(() => makeFormat(language, district.timeZone), [language, district.timeZone])
  const part = useMemo(() => partOf(named, split), [named, split])
  // Before the map is made, which is as sharp as the wall
  useLayoutEffect(() => standAsWall(part.rows), [part.rows])
  useEffect(() => switchLanguage(language), [language])
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return (
    <FormatContext value={format}>
      <Wall district={district} wall={wall} held={held} part={part} isWall={isWall} lost={lost} />
    </FormatContext>
  )
}
