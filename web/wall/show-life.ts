const EVERY_MS = 5_000
const MARK = / \| grid-wall \d+$/

/**
 * Pages that a kiosk opens tell by their title that they live: docs/kiosk/grid-wall reads it from outside, where a page
 * that crashed, hangs, or is another's than ours looks the same as one that stands.
 */
export function showLife(): void {
  if (location.pathname !== '/wall' && location.pathname !== '/pair') return
  setInterval(() => {
    document.title = `${document.title.replace(MARK, '')} | grid-wall ${Math.round(Date.now() / 1000)}`
  }, EVERY_MS)
}
