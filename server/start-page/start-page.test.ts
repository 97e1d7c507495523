import { afterEach, expect, it } from 'vitest'
import { serveStartPage } from './start-page.ts'

const STEPS = [{ what: { en: 'Building', 'zh-CN': '构建' }, detail: '3 of 4', seconds: 1.5, done: false }]

let page: Awaited<ReturnType<typeof serveStartPage>> | undefined
afterEach(async () => {
  await page?.close()
  page = undefined
})

async function begin(): Promise<string> {
  page = await serveStartPage({ host: '127.0.0.1', port: 0 }, () => ({ isFirst: true, steps: STEPS }))
  return `http://127.0.0.1:${page.port}`
}

it('answers every address of the application with a page that needs nothing from elsewhere', async () => {
  const url = await begin()
  for (const path of ['/', '/start', '/?span=7d']) {
    const answer = await fetch(url + path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    const html = await answer.text()
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!)
    expect(files.length).toBeGreaterThan(1)
    for (const file of files) {
      const loaded = await fetch(url + file)
      expect(loaded.status).toBe(200)
      expect(loaded.headers.get('content-type')).toMatch(/css|javascript/)
    }
  }
})

it('tells what the terminal tells', async () => {
  const url = await begin()
  expect(await (await fetch(`${url}/api/start`)).json()).toEqual({ isFirst: true, steps: STEPS })
})

it('is alive but not ready: the API asks to come again', async () => {
  const url = await begin()
  expect((await fetch(`${url}/api/health`)).status).toBe(200)
  for (const path of ['/api/ready', '/api/grids', '/tiles/grids.json']) {
    const answer = await fetch(url + path)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toContain('problem+json')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
})

it('gives its port free at once, even while somebody keeps a connection', async () => {
  const url = await begin()
  await fetch(url)
  const { port } = page!
  await page!.close()
  page = await serveStartPage({ host: '127.0.0.1', port }, () => ({ isFirst: true, steps: STEPS }))
  expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200)
})
