import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { READ_LIMITS } from './limits.ts'
import { openSource, type SourceOptions } from './open-source.ts'
import type { SourceRow, UnreadableRow } from './source.ts'
import { writeWithGdal, zipOf } from './test-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readers-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function read(path: string, options: Partial<SourceOptions> = {}) {
  const source = await openSource(path, { workDir: join(folder, 'work'), ...options })
  const rows: (SourceRow | UnreadableRow)[] = []
  try {
    for await (const batch of source.batches) rows.push(...batch)
  } finally {
    await source.close()
  }
  return { rows, columns: source.columns, declaredCrs: source.declaredCrs }
}

const refusal = (code: string, words: string | RegExp = '') =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })

const square = {
  type: 'Polygon',
  coordinates: [
    [
      [102.5, 25],
      [102.51, 25],
      [102.51, 25.01],
      [102.5, 25],
    ],
  ],
}
const feature = (properties: object) => ({ type: 'Feature', properties, geometry: square })
const collection = {
  type: 'FeatureCollection',
  features: [feature({ code: 'a', name: '盘龙' }), feature({ code: 'b', name: '江边' })],
}

describe('GeoJSON', () => {
  it('reads the rows before and after one that cannot be read', async () => {
    const path = await put(
      'lines.geojsonl',
      `${JSON.stringify(feature({ a: 1 }))}\nnonsense\n${JSON.stringify(feature({ a: 2 }))}`,
    )
    const { rows } = await read(path)
    expect(rows).toEqual([
      { row: 1, properties: { a: 1 }, geometry: square },
      { row: 2, unreadable: 'feature-unreadable' },
      { row: 3, properties: { a: 2 }, geometry: square },
    ])
  })

  it('reads gzip and a byte order mark, and the old crs member', async () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4547' } }
    const path = await put(
      'packed.geojson.gz',
      gzipSync(`\ufeff${JSON.stringify({ type: 'FeatureCollection', crs, features: [feature({})] })}`),
    )
    const { rows, declaredCrs } = await read(path)
    expect(rows).toHaveLength(1)
    expect(declaredCrs).toBe('urn:ogc:def:crs:EPSG::4547')
  })
})

describe('CSV', () => {
  it('reads commas, semicolons and tabs, quotes and line breaks', async () => {
    const { rows, columns } = await read(await put('a.csv', 'id, name \n1,"a, ""b""\nc"\n\n2,d\n'))
    expect(columns).toEqual(['id', 'name'])
    expect(rows.map((row) => 'properties' in row && row.properties)).toEqual([
      { id: '1', name: 'a, "b"\nc' },
      { id: '2', name: 'd' },
    ])
    expect((await read(await put('b.csv', 'id;name\n1;x'))).columns).toEqual(['id', 'name'])
    expect((await read(await put('c.tsv', 'id\tname\n1\tx'))).columns).toEqual(['id', 'name'])
  })

  it('reads GBK as Chinese desktops write it', async () => {
    const path = await put('gbk.csv', iconv.encode('编码,名称\n1,龙头街道\n', 'gbk'))
    expect((await read(path)).rows).toEqual([
      { row: 1, properties: { 编码: '1', 名称: '龙头街道' }, geometry: null },
    ])
  })

  it('tells rows with other column counts, and refuses a record without end', async () => {
    const { rows } = await read(await put('ragged.csv', 'a,b\n1\n1,2\n1,2,3\n'))
    expect(rows.map((row) => 'unreadable' in row && row.unreadable)).toEqual([
      'column-count',
      false,
      'column-count',
    ])
    const long = await put('long.csv', `a\n"${'x'.repeat(200_000)}"\n`)
    const limits = { ...READ_LIMITS, recordBytes: 50_000 }
    await expect(read(long, { limits })).rejects.toEqual(refusal('record-too-large'))
  })
})

describe('ZIP', () => {
  it('opens the one data file in it, and asks which when there are several', async () => {
    const csv = 'id,name\n1,x\n'
    expect(
      (await read(await put('one.zip', zipOf({ 'in/a.csv': csv, 'readme.md': 'x' })))).rows,
    ).toHaveLength(1)
    const two = await put('two.zip', zipOf({ 'a.csv': csv, 'b.csv': `${csv}2,y\n` }))
    await expect(read(two)).rejects.toEqual(refusal('layer-unclear', 'a, b'))
    expect((await read(two, { layer: 'b' })).rows).toHaveLength(2)
  })

  it('refuses a bomb that states less than comes out', async () => {
    const limits = { ...READ_LIMITS, ratioFreeBytes: 100_000 }
    const lying = await put('lying.zip', zipOf({ 'a.csv': 'a'.repeat(2_000_000) }, 1000))
    await expect(read(lying, { limits })).rejects.toMatchObject({
      code: expect.stringMatching(/zip-bomb|file-broken/),
    })
  })

  it('refuses names that lead out of the folder', async () => {
    await expect(read(await put('out.zip', zipOf({ '../../escaped.csv': 'a\n1' })))).rejects.toEqual(
      refusal('file-broken'),
    )
    expect(await readdir(folder)).not.toContain('escaped.csv')
  })
})

describe('formats of GDAL', { timeout: 120_000 }, () => {
  let source = ''
  beforeAll(async () => {
    source = await put('source.geojson', JSON.stringify(collection))
  })

  async function expectBoth(path: string, options: Partial<SourceOptions> = {}) {
    const { rows } = await read(path, options)
    expect(rows.map((row) => 'properties' in row && row.properties.name)).toEqual(['盘龙', '江边'])
    const ring = (rows[0] as SourceRow).geometry as unknown as { coordinates: number[][][] }
    const lngs = ring.coordinates.flat(2).filter((_, i) => i % 2 === 0)
    expect(Math.min(...lngs)).toBeCloseTo(102.5, 7)
    expect(Math.max(...lngs)).toBeCloseTo(102.51, 7)
  }

  it.each([
    ['GPKG', 'gpkg'],
    ['FlatGeobuf', 'fgb'],
  ])('reads %s, packed or not', async (driver, name) => {
    const [path] = await writeWithGdal(source, folder, `as-${name}`, ['-f', driver])
    await expectBoth(path!)
    await expectBoth(await put(`${basename(path!)}.gz`, gzipSync(await readFile(path!))))
  })

  it('reads KML', async () => {
    const [path] = await writeWithGdal(source, folder, 'as-kml', ['-f', 'KML', '-dsco', 'NameField=name'])
    const { rows } = await read(path!)
    expect(rows.map((row) => 'properties' in row && row.properties.Name)).toEqual(['盘龙', '江边'])
  })

  async function shapefile(name: string, encoding: string, leaveOut: string[], options: string[] = []) {
    const paths = await writeWithGdal(source, folder, name, [
      '-f',
      'ESRI Shapefile',
      '-lco',
      `ENCODING=${encoding}`,
      ...options,
    ])
    const parts: Record<string, Uint8Array> = {}
    for (const path of paths)
      if (!leaveOut.some((ending) => path.endsWith(ending)))
        parts[`数据/${basename(path)}`] = await readFile(path)
    return put(`${name}.zip`, zipOf(parts))
  }

  it('reads a Shapefile in GBK with .cpg, without, and with a wrong one', async () => {
    await expectBoth(await shapefile('gbk-cpg', 'GBK', []))
    await expectBoth(await shapefile('gbk-bare', 'GBK', ['.cpg']))
    await expectBoth(await shapefile('utf8-bare', 'UTF-8', ['.cpg']))
  })

  it('turns coordinates by the .prj, or leaves them to who knows better', async () => {
    const path = await shapefile('projected', 'UTF-8', [], ['-t_srs', 'EPSG:4544'])
    await expectBoth(path)
    const { rows } = await read(path, { keepCoordinates: true })
    const geometry = (rows[0] as SourceRow).geometry as unknown as { coordinates: number[][][] }
    expect(geometry.coordinates[0]![0]![1]).toBeGreaterThan(2_000_000)
  })

  it('names the layers of a file in which the one that was chosen is not', async () => {
    const [path] = await writeWithGdal(source, folder, 'layers', ['-f', 'GPKG', '-nln', 'first'])
    await expect(read(path!, { layer: 'second' })).rejects.toEqual(refusal('layer-unclear', 'first'))
  })

  it('leaves nothing behind', async () => {
    expect(await readdir(join(folder, 'work'))).toEqual([])
  })
})

/** How often this process has a file open. */
async function openings(path: string): Promise<number> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  )
  return links.filter((link) => link === path).length
}

describe.skipIf(!existsSync('/proc/self/fd'))('a file that is not read to its end', () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => i)
  it.each([
    ['csv', `code,name\n${rows.map((i) => `${i},${'n'.repeat(40)}`).join('\n')}`],
    ['geojsonl', rows.map((i) => JSON.stringify(feature({ code: i }))).join('\n')],
  ])('is closed (%s)', async (ending, text) => {
    const path = await put(`long.${ending}`, text)
    const source = await openSource(path, { workDir: join(folder, 'work') })
    await source.batches[Symbol.asyncIterator]().next()
    expect(await openings(path)).toBe(1)
    await source.close()
    await expect.poll(() => openings(path)).toBe(0)
  })

  it('is closed when it is refused', async () => {
    const path = await put(
      'doubled.csv',
      `code,code\n${rows.map((i) => `${i},${'n'.repeat(40)}`).join('\n')}`,
    )
    await expect(read(path)).rejects.toEqual(refusal('file-broken'))
    await expect.poll(() => openings(path)).toBe(0)
  })
})
