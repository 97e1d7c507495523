import { useCallback, useMemo, useRef } from 'react'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { parseView, serialiseView, type ViewState } from './view-state.ts'

export type ChangeView = (change: Partial<ViewState>) => void

/**
 * The view the address names, and how to change it. A choice is a step that the browser's back button takes
 * back; moving the camera is not.
 */
export function useViewState(): [ViewState, ChangeView] {
  const search = useSearch()
  const view = useMemo(() => parseView(search), [search])
  const latest = useRef(view)
  latest.current = view
  const change = useCallback<ChangeView>((wanted) => {
    const next = { ...latest.current, ...wanted }
    latest.current = next
    const query = serialiseView(next)
    const replace = Object.keys(wanted).every((field) => field === 'camera')
    navigate(query ? `${location.pathname}?${query}` : location.pathname, { replace })
  }, [])
  return [view, change]
}
