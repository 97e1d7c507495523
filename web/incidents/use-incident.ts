import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { fetchIncident, fetchTransitions } from '../api/endpoints.ts'
import { CASES_REFRESH_MS } from '../api/use-revalidated.ts'

/** Everything known of a case. */
export function useIncident(id: number) {
  return useQuery({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => fetchIncident(id, signal),
    refetchInterval: CASES_REFRESH_MS,
  })
}

/** The steps of a case, the first one first. */
export function useTransitions(id: number) {
  return useQuery({
    queryKey: ['transitions', id],
    queryFn: ({ signal }) => fetchTransitions(id, signal),
    refetchInterval: CASES_REFRESH_MS,
  })
}

const POINTER_PAUSE_MS = 120

/** The number of the case the pointer rests on, once it is known: a pointer that passes by asks for none. */
export function useNumberOf(id: number): string | null {
  const [asked, setAsked] = useState<number | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(id), POINTER_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [id])
  const { data } = useQuery({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => fetchIncident(id, signal),
    enabled: asked === id,
  })
  return data?.number ?? null
}
