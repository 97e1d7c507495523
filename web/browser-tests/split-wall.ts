import type { Page } from 'playwright-core'

interface Watched {
  /** milliseconds after 1970 by the clock that all pages of this machine share */
  sharedNow(): number
  changes: { scene: string; at: number }[]
}

/** The page's clock goes wrong by so many milliseconds, as that of a machine nobody looks after; before it is opened. */
export async function setClockWrong(page: Page, byMs: number): Promise<void> {
  await page.addInitScript((wrongBy) => {
    const Right = Date
    ;(window as unknown as Watched).sharedNow = () => Right.now()
    window.Date = class extends Right {
      constructor(...given: []) {
        super(...((given.length === 0 ? [Right.now() + wrongBy] : given) as []))
      }
      static override now() {
        return Right.now() + wrongBy
      }
    } as DateConstructor
  }, byMs)
}

/**
 * How far apart two pages of one wall change their scenes, milliseconds, `times` in a row. Both stand, opened after
 * setClockWrong.
 */
export async function apartMs(pages: readonly [Page, Page], times: number): Promise<number[]> {
  for (const page of pages) {
    await page.evaluate(() => {
      const watched = window as unknown as Watched
      const wall = document.querySelector<HTMLElement>('.wall')!
      watched.changes = []
      new MutationObserver(() => {
        watched.changes.push({ scene: wall.dataset.scene!, at: watched.sharedNow() })
      }).observe(wall, { attributeFilter: ['data-scene'] })
    })
  }
  const [one, other] = await Promise.all(
    pages.map(async (page) => {
      await page.waitForFunction((most) => (window as unknown as Watched).changes.length > most, times, {
        timeout: 120_000,
      })
      return page.evaluate(() => (window as unknown as Watched).changes)
    }),
  )
  // The first one may have been before the other page was watched
  return one!.slice(1, times + 1).map(({ scene, at }) => {
    const same = other!.filter((change) => change.scene === scene)
    return Math.min(...same.map((change) => Math.abs(change.at - at)))
  })
}
