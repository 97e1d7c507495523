import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { fetchSearchHits } from '../api/endpoints.ts'

const TYPING_PAUSE_MS = 180

/** What the server finds for `text`, asked once the typing pauses. */
export function useSearch(text: string) {
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => fetchSearchHits(asked, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  })
  const waiting = text.trim() !== '' && (asked !== text.trim() || query.isFetching)
  return { hits: asked === '' ? [] : (query.data ?? []), waiting, failed: query.isError }
}
