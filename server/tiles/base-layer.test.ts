import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, expect, it, vi } from 'vitest'
import { EVERYTHING } from '../../domain/scope.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { TableVersions } from '../table-versions.ts'
import { baseLayer } from './base-layer.ts'
import { checkTile } from './mvt/test-tile.ts'
import { PmtilesFolder } from './pmtiles-folder.ts'
import { writePmtiles } from './test-pmtiles.ts'
import type { TileLayer, TilePlace } from './tile-layer.ts'

const VIEW = { scope: EVERYTHING, asOf: '2024-06-01' }
/** 102.74 E, 25.03 N */
const KUNMING: TilePlace = { z: 12, x: 3217, y: 1753 }
const TOKYO: TilePlace = { z: 12, x: 3638, y: 1612 }

describeOnEachDatabase('tiles of the base map', (db) => {
  let folder: string
  let layer: TileLayer
  const warnings: unknown[] = []

  const text = (tile: { bytes: Uint8Array; isGzipped: boolean }) =>
    (tile.isGzipped ? gunzipSync(tile.bytes) : Buffer.from(tile.bytes)).toString('latin1')

  /** Asks until the answer is the one wanted: the folder is looked at once a second. */
  const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 100 })

  const ask = () => ({ ...VIEW, db: db() })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'grid-base-'))
    const files = new PmtilesFolder(folder, { warn: (details) => warnings.push(details) })
    layer = baseLayer(db(), new TableVersions({ subscribe: () => () => {} }), files)
    return async () => {
      await files.close()
      await rm(folder, { recursive: true })
    }
  })

  it('are empty without files and features, and the layer still says what it would hold', async () => {
    expect((await layer.make(KUNMING, ask())).bytes).toHaveLength(0)
    const { vectorLayers, bounds } = await layer.describe(ask())
    expect(vectorLayers.map(({ id }) => id)).toContain('transportation')
    expect(bounds).toBeNull()
  })

  it('hold points, lines and polygons of the table in their layers', async () => {
    const put = (layerName: string, kind: string, name: string | null, wkt: string, minZoom = 0) =>
      db().query(
        `INSERT INTO base_features (layer, class, name, name_en, min_zoom, geom)
         VALUES ($1, $2, $3, $4, $5, ST_GeomFromText($6, 4326))`,
        [layerName, kind, name, name && 'Name', minZoom, wkt],
      )
    await put('place', 'city', '昆明', 'POINT(102.75 25.03)')
    await put('place', 'suburb', '东风', 'MULTIPOINT((102.751 25.04), (102.752 25.04), (10 10))', 14)
    await put('transportation', 'primary', '北京路', 'LINESTRING(102 25.03, 102.75 25.031, 103 25.03)')
    await put('transportation', 'rail', null, 'MULTILINESTRING((102.74 25.01, 102.76 25.05), (1 1, 2 2))')
    await put('water', 'lake', '翠湖', 'POLYGON((102.74 25.02, 102.76 25.02, 102.76 25.04, 102.74 25.02))')
    await put('landuse', 'x', null, 'GEOMETRYCOLLECTION(POINT(102.75 25.03))')

    const { bytes } = await layer.make(KUNMING, ask())
    checkTile(bytes)
    const { layers } = new VectorTile(new PbfReader(bytes))
    expect(Object.keys(layers).sort()).toEqual(['place', 'transportation', 'water'])
    expect(layers.place!.length).toBe(1)
    expect(layers.place!.feature(0).properties).toEqual({ class: 'city', name: '昆明', name_en: 'Name' })
    expect(layers.transportation!.length).toBe(2)
    const road = layers.transportation!.feature(0)
    expect(road.type).toBe(2)
    expect([road.bbox()[0], road.bbox()[2]]).toEqual([-64, 4160])
    expect(layers.transportation!.feature(1).properties).toEqual({ class: 'rail' })
    expect(layers.water!.feature(0).type).toBe(3)

    const near = await layer.make({ z: 14, x: KUNMING.x * 4, y: KUNMING.y * 4 + 2 }, ask())
    expect(checkTile(near.bytes).map(({ layer: name, type }) => `${name} ${type}`)).toContain('place 1')
    expect((await layer.describe(ask())).bounds).toEqual([1, 1, 103, 25.05])
  })

  it('come from files that are added, replaced and taken away while the server runs', async () => {
    const file = (content: string, place: TilePlace) =>
      writePmtiles([{ ...place, content: Buffer.from(content) }], [139, 35, 140, 36], {
        attribution: '© somebody',
        vector_layers: [{ id: 'water', fields: { depth: 'Number' } }],
      })
    const before = await layer.version(VIEW)
    await writeFile(join(folder, 'tokyo.pmtiles'), file('tokyo', TOKYO))
    await soon(async () => expect(text(await layer.make(TOKYO, ask()))).toBe('tokyo'))
    expect(await layer.version(VIEW)).not.toBe(before)
    const { attributions, bounds, vectorLayers } = await layer.describe(ask())
    expect(attributions).toEqual(['© somebody'])
    expect(bounds).toEqual([1, 1, 140, 36])
    expect(vectorLayers.find(({ id }) => id === 'water')!.fields).toMatchObject({
      depth: 'Number',
      class: 'OpenMapTiles class',
    })

    // What the file does not have comes from the table
    expect((await layer.make(KUNMING, ask())).isGzipped).toBe(false)

    await writeFile(join(folder, 'whole.pmtiles'), file('a tile with more in it', TOKYO))
    await soon(async () => expect(text(await layer.make(TOKYO, ask()))).toBe('a tile with more in it'))
    await rm(join(folder, 'whole.pmtiles'))
    await soon(async () => expect(text(await layer.make(TOKYO, ask()))).toBe('tokyo'))
    await writeFile(join(folder, 'tokyo.pmtiles'), file('tokyo again', TOKYO))
    await soon(async () => expect(text(await layer.make(TOKYO, ask()))).toBe('tokyo again'))
  })

  it('do without a file that is no archive, and the log says so once', async () => {
    await writeFile(join(folder, 'broken.pmtiles'), 'half a download')
    await soon(async () => {
      await layer.version(VIEW)
      expect(warnings).toHaveLength(1)
    })
    expect(text(await layer.make(TOKYO, ask()))).toBe('tokyo again')
  })
})
