import type { WallReport } from '../../domain/wall/report.ts'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 300_000
/** A fault this long after the one before is a new one. */
const FORGET_AFTER_MS = 600_000
/** As much as a report takes. */
const LONGEST_MESSAGE = 500
const MEMORY = 'wall-fault'

interface Fault {
  /** milliseconds after 1970 by this machine's clock */
  at: number
  message: string
}

interface KeptFault extends Fault {
  pause: number
}

/** The last one of this page. */
let noted: Fault | null = null

/** For the next report: something went wrong that left the picture standing. */
export function noteFault(message: string): void {
  noted = { at: Date.now(), message: message.slice(0, LONGEST_MESSAGE) }
}

/** Notes what nobody else caught, until what is answered is called. */
export function noteUncaught(): () => void {
  const onError = ({ message }: ErrorEvent) => noteFault(message)
  const onRejection = ({ reason }: PromiseRejectionEvent) => noteFault(String(reason?.message ?? reason))
  addEventListener('error', onError)
  addEventListener('unhandledrejection', onRejection)
  return () => {
    removeEventListener('error', onError)
    removeEventListener('unhandledrejection', onRejection)
  }
}

/** Keeps for the next page what took this one; how long to wait until that is loaded, milliseconds. */
export function keepFault(message: string): number {
  try {
    const before = keptFault()
    const isNew = !before || Date.now() - before.at > FORGET_AFTER_MS
    const pause = isNew ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, before.pause * 2)
    const fault: KeptFault = { at: Date.now(), pause, message: message.slice(0, LONGEST_MESSAGE) }
    sessionStorage.setItem(MEMORY, JSON.stringify(fault))
    return pause
  } catch {
    return LONGEST_PAUSE_MS
  }
}

/**
 * What last went wrong, on this page or the one that it took the place of, for a report; null: nothing.
 * @param clockOffsetMs of this machine's clock against the server's
 */
export function lastFault(clockOffsetMs: number): WallReport['lastError'] {
  const fault = noted ?? keptFault()
  return fault && { at: new Date(fault.at - clockOffsetMs).toISOString(), text: fault.message }
}

function keptFault(): KeptFault | null {
  try {
    return JSON.parse(sessionStorage.getItem(MEMORY) ?? 'null') as KeptFault | null
  } catch {
    return null
  }
}
