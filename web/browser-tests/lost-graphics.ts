import type { Page } from 'playwright-core'

/** The map loses its WebGL context; returns once another canvas has taken the place of its own, drawn or not. */
export async function loseGraphics(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map-canvas canvas.maplibregl-canvas')!
    canvas.dataset.lost = 'yes'
    canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!.loseContext()
  })
  await page
    .locator('.map-canvas canvas.maplibregl-canvas:not([data-lost])')
    .waitFor({ state: 'attached', timeout: 120_000 })
}
