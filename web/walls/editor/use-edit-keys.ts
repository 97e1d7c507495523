import { useEffect, useRef } from 'react'

interface EditKeys {
  onUndo(): void
  onRedo(): void
  onSave(): void
}

/** Ctrl or command with Z, shift+Z or Y, and S; a text being written keeps its own undo. */
export function useEditKeys(keys: EditKeys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      const isWriting = event.target instanceof Element && event.target.closest('input, textarea')
      if (key === 's') latest.current.onSave()
      else if (isWriting) return
      else if (key === 'y' || (key === 'z' && event.shiftKey)) latest.current.onRedo()
      else if (key === 'z') latest.current.onUndo()
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
