import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { HITS_PER_KIND, type SearchHit } from '../../domain/search.ts'
import { fetchSearchHits } from '../api/endpoints.ts'

const TYPING_PAUSE_MS = 180

/** What the server finds for `text`, asked once the typing pauses; of one name the nearest to `near` first. */
export function useSearch(text: string, near: { lng: number; lat: number } | null) {
  // To about a hundred metres: a map that moved a little asks nothing anew
  const around = near && `${near.lng.toFixed(3)},${near.lat.toFixed(3)}`
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery({
    queryKey: ['search', asked, around],
    queryFn: ({ signal }) => fetchSearchHits(asked, around, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const waiting = text.trim() !== '' && (asked !== text.trim() || query.isFetching)
  const found = asked === '' ? NONE : (query.data ?? NONE)
  const hits = useMemo(() => firstOfEachKind(found), [found])
  return { hits, more: hits.length < found.length, waiting, failed: query.isError }
}

const NONE: SearchHit[] = []

function firstOfEachKind(found: readonly SearchHit[]): SearchHit[] {
  const listed = new Map<string, number>()
  return found.filter(({ kind }) => {
    const number = (listed.get(kind) ?? 0) + 1
    listed.set(kind, number)
    return number <= HITS_PER_KIND
  })
}
