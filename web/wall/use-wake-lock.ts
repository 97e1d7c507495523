import { useEffect } from 'react'

/** Keeps the screen on. A browser lets go of it whenever the page is hidden, and where it has no such thing stays as is. */
export function useWakeLock(): void {
  useEffect(() => {
    let held: WakeLockSentinel | null = null
    let left = false
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      try {
        held = await navigator.wakeLock.request('screen')
        if (left) await held.release()
      } catch {
        // A machine low on power refuses; the kiosk's own settings keep the screen on
      }
    }
    void hold()
    document.addEventListener('visibilitychange', hold)
    return () => {
      left = true
      document.removeEventListener('visibilitychange', hold)
      void held?.release()
    }
  }, [])
}
