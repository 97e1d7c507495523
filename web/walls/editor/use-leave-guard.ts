import { useEffect, useRef, useState } from 'react'
import { navigate } from 'wouter/use-browser-location'

/**
 * Keeps whoever has unsaved changes from leaving by accident: by a link, by going back, by closing the page (there
 * the browser asks). `leaving`: the address that somebody wants to go to; null: nobody wants to leave.
 */
export function useLeaveGuard(isChanged: boolean) {
  const [leaving, setLeaving] = useState<string | null>(null)
  const isLeaving = useRef(false)
  useEffect(() => {
    if (!isChanged) return
    const own = location.pathname
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault()
    }
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (link.pathname === own && link.host === location.host) return
      event.preventDefault()
      event.stopPropagation()
      setLeaving(link.href)
    }
    const here = location.href
    const onBack = (event: PopStateEvent) => {
      if (location.pathname === own) return
      const wanted = location.href
      event.stopImmediatePropagation()
      history.pushState(null, '', here)
      setLeaving(wanted)
    }
    addEventListener('beforeunload', onUnload)
    addEventListener('popstate', onBack, { capture: true })
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      removeEventListener('beforeunload', onUnload)
      removeEventListener('popstate', onBack, { capture: true })
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [isChanged])
  return {
    leaving,
    stay: () => setLeaving(null),
    leave: () => {
      if (leaving === null) return
      isLeaving.current = true
      const { host, pathname, search } = new URL(leaving)
      if (host === location.host) navigate(pathname + search)
      else location.href = leaving
    },
  }
}
