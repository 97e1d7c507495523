import { useCallback, useMemo, useRef } from 'react'
import { useSearch } from 'wouter'
import { navigate } from 'wouter/use-browser-location'
import { remember } from '../../ui/remembered.ts'
import { useUsualSettings } from '../frame/use-usual-settings.ts'
import { parseView, serialiseView, type ViewState } from './view-state.ts'

export type ChangeView = (change: Partial<ViewState>) => void

/**
 * The view the address names, and how to change it. A choice is a step that the browser's back button takes
 * back; moving the camera is not.
 */
export function useViewState(): [ViewState, ChangeView] {
  const search = useSearch()
  const { theme: usualTheme } = useUsualSettings()
  const view = useMemo(() => parseView(search, usualTheme), [search, usualTheme])
  const latest = useRef(view)
  latest.current = view
  const change = useCallback<ChangeView>(
    (wanted) => {
      const next = { ...latest.current, ...wanted }
      latest.current = next
      if (wanted.language) remember('language', wanted.language)
      if (wanted.theme) remember('theme', wanted.theme)
      // What was just chosen is what is usual from now on
      const query = serialiseView(next, wanted.theme ?? usualTheme)
      const replace = Object.keys(wanted).every((field) => field === 'camera')
      navigate(query ? `${location.pathname}?${query}` : location.pathname, { replace })
    },
    [usualTheme],
  )
  return [view, change]
}
