import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitFeatures } from './split-features.ts'

const LIMIT = 1000

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function split(text: string, chunkBytes: number, limit = LIMIT) {
  const { features, surroundings } = await splitFeatures(inChunks(text, chunkBytes), limit)
  const found: string[] = []
  for await (const some of features) found.push(...some.map(String))
  return { found: found.map((one) => one.trim()), surroundings }
}

const feature = fc.record({
  type: fc.constant('Feature'),
  properties: fc.dictionary(
    fc.string({ maxLength: 5 }),
    fc.oneof(fc.string({ maxLength: 9 }), fc.constant('"}]{[\\'), fc.double()),
  ),
  geometry: fc.record({ coordinates: fc.array(fc.array(fc.double(), { maxLength: 2 }), { maxLength: 3 }) }),
})
const features = fc.array(feature, { minLength: 1, maxLength: 5 })
const chunkBytes = fc.integer({ min: 1, max: 200 })

describe('splitFeatures', () => {
  it('finds the features of a collection whatever they hold and wherever chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(features, chunkBytes, fc.constantFrom(0, 2), async (list, size, indent) => {
        const collection = {
          type: 'FeatureCollection',
          name: 'a "features": [',
          bbox: [[1]],
          features: list,
          after: { features: [1] },
        }
        const { found, surroundings } = await split(JSON.stringify(collection, null, indent), size)
        expect(found.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(list)))
        const around = JSON.parse(`${surroundings.before}]${surroundings.after}`)
        expect(around).toEqual(JSON.parse(JSON.stringify({ ...collection, features: [] })))
      }),
    )
  })

  it('finds the features of a sequence: a line each, after a separator, or indented', async () => {
    await fc.assert(
      fc.asyncProperty(
        features,
        chunkBytes,
        fc.constantFrom('lines', 'separated', 'indented'),
        async (list, size, how) => {
          const texts = list.map((one) => JSON.stringify(one, null, how === 'indented' ? 2 : 0))
          const text = how === 'separated' ? texts.map((one) => `\x1e${one}\n`).join('') : texts.join('\n\n')
          const { found } = await split(text, size)
          expect(found.map((one) => JSON.parse(one.replace('\x1e', '')))).toEqual(
            JSON.parse(JSON.stringify(list)),
          )
        },
      ),
    )
  })

  it('refuses text that ends inside a feature or collection', async () => {
    for (const text of [
      '{"type":"FeatureCollection","features":[{"a":1}',
      '{"features":[{"a":[1',
      '{"a":1',
      '{"a":1}\n{\n',
      '',
    ]) {
      await expect(split(text, 3).then(({ found }) => found.map((one) => JSON.parse(one)))).rejects.toThrow()
    }
  })

  it('gives up a line of two gigabytes at the limit, without keeping it', async () => {
    let made = 0
    async function* endless() {
      const chunk = Buffer.alloc(1024 * 1024, 'x')
      for (; made < 2048; made++)
        yield made === 0 ? Buffer.from('{"type":"Feature","properties":{"a":"') : chunk
    }
    await expect(splitFeatures(endless(), 16 * 1024 * 1024)).rejects.toMatchObject({
      code: 'record-too-large',
    })
    async function* later() {
      yield Buffer.from('{"type":"Feature"}\n')
      yield* endless()
    }
    made = 0
    const { features: lines } = await splitFeatures(later(), 16 * 1024 * 1024)
    await expect(
      (async () => {
        for await (const _ of lines);
      })(),
    ).rejects.toMatchObject({ code: 'record-too-large' })
    expect(made).toBeLessThan(40)
  })
})
