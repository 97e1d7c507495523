const STEP_SECONDS = 60
const REACH_PIXELS = 3

/** How far the panels stand from their places at a moment: slowly around a small square, so that nothing burns in. */
export function shiftAt(seconds: number): { x: number; y: number } {
  const side = 2 * REACH_PIXELS
  const step = Math.floor(seconds / STEP_SECONDS) % (4 * side)
  const along = step % side
  const at = [
    [along, 0],
    [side, along],
    [side - along, side],
    [0, side - along],
  ][Math.floor(step / side)]!
  return { x: at[0]! - REACH_PIXELS, y: at[1]! - REACH_PIXELS }
}
