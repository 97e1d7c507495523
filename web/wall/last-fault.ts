const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 300_000
/** A fault this long after the one before is a new one. */
const FORGET_AFTER_MS = 600_000
/** As much as a report takes. */
const LONGEST_MESSAGE = 500
const MEMORY = 'wall-fault'

interface Fault {
  /** milliseconds after 1970 */
  at: number
  pause: number
  message: string
}

/** Keeps for the next page what took this one; how long to wait until that is loaded, milliseconds. */
export function keepFault(message: string): number {
  try {
    const before = lastFault()
    const isNew = !before || Date.now() - before.at > FORGET_AFTER_MS
    const pause = isNew ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, before.pause * 2)
    const fault: Fault = { at: Date.now(), pause, message: message.slice(0, LONGEST_MESSAGE) }
    sessionStorage.setItem(MEMORY, JSON.stringify(fault))
    return pause
  } catch {
    return LONGEST_PAUSE_MS
  }
}

/** What went wrong before this page was loaded; null: nothing. */
export function faultBefore(): string | null {
  try {
    return lastFault()?.message ?? null
  } catch {
    return null
  }
}

const lastFault = () => JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null') as Fault | null
