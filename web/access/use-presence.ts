import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ME_KEY } from '../connection/query-client.ts'
import { tellPresence } from './access-api.ts'

/** Half of the least idle limit. */
const TELL_EVERY_MS = 60_000
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * While `isPerson`, tells the server that somebody sits here when there is a key or a pointer, once a minute at most:
 * what a page asks for by itself keeps nobody signed in.
 */
export function usePresence(isPerson: boolean): void {
  const client = useQueryClient()
  useEffect(() => {
    if (!isPerson) return
    let toldAt = Number.NEGATIVE_INFINITY
    const tell = () => {
      if (performance.now() - toldAt < TELL_EVERY_MS) return
      toldAt = performance.now()
      // Signed out meanwhile: the screen finds out at once. Without an answer the next minute tells again
      tellPresence().catch(() => client.invalidateQueries({ queryKey: ME_KEY }))
    }
    for (const input of INPUTS) addEventListener(input, tell, { passive: true, capture: true })
    return () => {
      for (const input of INPUTS) removeEventListener(input, tell, { capture: true })
    }
  }, [isPerson, client])
}
