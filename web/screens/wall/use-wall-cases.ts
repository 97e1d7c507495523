import { useMemo } from 'react'
import type { FilterContext } from '../../../domain/columns/filter.ts'
import type { District } from '../../../domain/district.ts'
import type { Category } from '../../../domain/incident.ts'
import { openSpan, recentSpan } from '../../../domain/recent-span.ts'
import type { WallSpan } from '../../../domain/wall/panel.ts'
import type { WallContent } from '../../../domain/wall/wall.ts'
import type { LoadedColumns } from '../../api/endpoints.ts'
import { useLiveColumns } from '../../live/use-live-columns.ts'
import type { CaseStore, CaseStores } from '../../wall/wall-cases.ts'

const NO_CATEGORIES: readonly Category[] = []
const DAYS = { today: 'today', '24h': '7d', '7d': '7d', '30d': '30d' } as const
const LONGER = ['today', '7d', '30d'] as const

/**
 * All cases that the scenes of a wall tell of: loaded once, whatever scene stands.
 * @param now seconds after 1970 by the server's clock
 * @param clockOffsetMs of this machine's clock against it
 * @returns `updatedAt`: as of when the older of them is, milliseconds by the server's clock in whole seconds; 0: never
 */
export function useWallCases(
  content: WallContent,
  { timeZone, incidentSpan }: District,
  categories: readonly Category[] | undefined,
  now: number,
  clockOffsetMs: number,
): { stores: CaseStores; updatedAt: number } {
  const longest = useMemo(() => longestSpan(content), [content])
  const day = recentSpan('today', now, timeZone)
  const recentQuery = useLiveColumns({ ...recentSpan(longest, day.from, timeZone), open: false })
  const openQuery = useLiveColumns({
    ...openSpan(day.from, incidentSpan?.from ?? null, timeZone),
    open: true,
  })
  const recent = useStore(recentQuery.data, categories)
  const open = useStore(openQuery.data, categories)
  const seenAt = Math.min(recentQuery.updatedAt, openQuery.updatedAt)
  // Apart from its age: everything that counts hangs on this object
  const stores = useMemo(() => ({ recent, open }), [recent, open])
  return { stores, updatedAt: seenAt && Math.floor((seenAt - clockOffsetMs) / 1000) * 1000 }
}

function useStore(
  loaded: LoadedColumns | undefined,
  categories: readonly Category[] = NO_CATEGORIES,
): CaseStore | null {
  return useMemo(() => {
    if (!loaded) return null
    const { columns, gridAreas, latitude } = loaded
    const context: FilterContext = {
      categories,
      areaOfGrid: new Map(columns.dictionaries.grids.map((code, number) => [code, gridAreas[number] ?? ''])),
    }
    return { columns, context, latitude }
  }, [loaded, categories])
}

/** Of all that scenes and panels name; whole days, so that what was loaded stays usable as time goes on. */
function longestSpan({ scenes }: WallContent): (typeof LONGER)[number] {
  const named = scenes.flatMap(({ source, map, panels }) =>
    [source, map.source, ...panels.map((panel) => panel.source)].flatMap((one) =>
      one?.kind === 'incidents' ? [one.span ?? '24h'] : [],
    ),
  )
  const days = named
    .filter((span): span is Exclude<WallSpan, 'open'> => span !== 'open')
    .map((span) => DAYS[span])
  return LONGER.findLast((span) => days.includes(span)) ?? '7d'
}
