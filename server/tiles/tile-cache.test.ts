import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { TileCache } from './tile-cache.ts'
import { NOTHING, type TileBytes } from './tile-layer.ts'

const tile = (text: string): TileBytes => ({ bytes: Buffer.from(text), isGzipped: false })

it('makes a tile once for all who ask at the same moment, and once more for nobody after', async () => {
  const cache = new TileCache(100_000, 4)
  let made = 0
  const make = async () => {
    made++
    return tile('streets')
  }
  const answers = await Promise.all(Array.from({ length: 5 }, () => cache.get('a', make)))
  answers.push(await cache.get('a', make))
  expect(made).toBe(1)
  for (const { gzipped } of answers) expect(gunzipSync(gzipped).toString()).toBe('streets')
})

it('forgets the tile longest unused when it is full', async () => {
  const cache = new TileCache(1000, 4)
  const made: string[] = []
  const ask = (key: string) =>
    cache.get(key, async () => {
      made.push(key)
      return tile(key)
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key)
  expect(made).toEqual(['a', 'b', 'c', 'b'])
})

it('makes no more than its number at one moment', async () => {
  const cache = new TileCache(100_000, 2)
  let making = 0
  let most = 0
  const make = async () => {
    most = Math.max(most, ++making)
    await new Promise((resolve) => setTimeout(resolve, 5))
    making--
    return NOTHING
  }
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => cache.get(key, make)))
  expect(most).toBe(2)
})

it('tries again after a failure, which only those hear of who waited', async () => {
  const cache = new TileCache(100_000, 1)
  const failing = async () => {
    throw new Error('no database')
  }
  await expect(cache.get('a', failing)).rejects.toThrow('no database')
  expect((await cache.get('a', async () => tile('back'))).isEmpty).toBe(false)
})

it('knows tiles of the same content by the same hash', async () => {
  const cache = new TileCache(100_000, 1)
  const [a, b, c] = [
    await cache.get('a', async () => tile('same')),
    await cache.get('b', async () => tile('same')),
    await cache.get('c', async () => tile('other')),
  ]
  expect(a.hash).toBe(b.hash)
  expect(a.hash).not.toBe(c.hash)
})
