import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requireActions } from '../access/require-action.ts'
import { webPages } from './routes.ts'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'grid-pages-'))
  await writeFile(join(root, 'index.html'), 'the page')
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function withPages() {
  const app = Fastify()
  requireActions(app, async () => null)
  await app.register(webPages, { root })
  return app
}

it('the pages are there for everybody', async () => {
  const app = await withPages()
  expect((await app.inject('/')).body).toBe('the page')
  await app.close()
})

it('a route behind the pages that names no action is not public: the app does not start', async () => {
  const app = await withPages()
  app.get('/api/late', async () => 'x')
  await expect(app.ready()).rejects.toThrow('GET /api/late')
})
