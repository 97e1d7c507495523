import { useSyncExternalStore } from 'react'

/** The window that the sizes in the style sheets are made for. */
const AS_DESIGNED = { width: 1920, height: 1080 }
/** Below this a larger window is a desk's, whose reader sits near and wants the room. */
const WALL_FROM = 1.5
const STEP = 0.25

/** How much larger than on a desk everything is drawn in a window of this many CSS pixels. */
export function scaleFor({ width, height }: { width: number; height: number }): number {
  const times = Math.min(width / AS_DESIGNED.width, height / AS_DESIGNED.height)
  return times < WALL_FROM ? 1 : Math.floor(times / STEP) * STEP
}

/** A wall is read from the back row: it is laid out as if it were so many pixels high, whatever it is. */
export const WALL_HEIGHT = 450

/** Pixels of a wall so many pixels high that one of its layout takes. */
export const wallScale = (height: number): number => Math.max(0.5, height / WALL_HEIGHT)

let rule = scaleFor
let adapt = () => {}

let current = 1
const told = new Set<() => void>()

/** Pixels of the screen (before the device's own ratio) that a pixel of the style sheets takes now. */
export const interfaceScale = (): number => current

export function onInterfaceScale(changed: () => void): () => void {
  told.add(changed)
  return () => told.delete(changed)
}

/** What is a text of 13 pixels on a desk is as large a share of a wall of screens. */
export function followWindowSize(): void {
  adapt = () => {
    const next = rule({ width: innerWidth, height: innerHeight })
    if (next === current) return
    current = next
    document.body.style.setProperty('zoom', String(next))
    for (const changed of told) changed()
  }
  adapt()
  addEventListener('resize', adapt)
}

/**
 * From now on the page is a wall, of which this window shows one of `rows` parts one above the other. Answers what
 * makes it a desk again.
 */
export function standAsWall(rows: number): () => void {
  rule = ({ height }) => wallScale(height * rows)
  adapt()
  return () => {
    rule = scaleFor
    adapt()
  }
}

export const useInterfaceScale = (): number => useSyncExternalStore(onInterfaceScale, interfaceScale)
