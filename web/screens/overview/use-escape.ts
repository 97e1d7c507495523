import { useEffect, useRef } from 'react'

/**
 * Escape leaves what is open, from wherever the focus is but from what has an Escape of its own: a field, or a
 * list that stands over the page.
 */
export function useEscape(open: boolean, leave: () => void): void {
  const latest = useRef(leave)
  latest.current = leave
  useEffect(() => {
    if (!open) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      const { target } = event
      const own =
        target instanceof Element && target.closest('input, textarea, [role="dialog"], [role="tooltip"]')
      if (own || document.querySelector('.ant-select-open, .ant-popover-open')) return
      latest.current()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [open])
}
