import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, expect, it } from 'vitest'
import { partition } from '../../domain/coverage/partition-fixture.ts'
import type { MultiPolygon } from '../../domain/geometry.ts'
import { EVERYTHING, type Scope } from '../../domain/scope.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { TableVersions } from '../table-versions.ts'
import { gridsLayer } from './grids-layer.ts'
import { doubleArea } from './mvt/ring.ts'
import { checkTile } from './mvt/test-tile.ts'
import type { TileLayer, TilePlace } from './tile-layer.ts'

const EXTENT = 4096
const REACH = EXTENT + 128
const TODAY = '2024-06-01'

/** The tile that holds a place, in degrees. */
function tileAt([lng, lat]: readonly [number, number], z: number): TilePlace {
  const radians = (lat * Math.PI) / 180
  const y = (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2
  return { z, x: Math.floor(((lng + 180) / 360) * 2 ** z), y: Math.floor(y * 2 ** z) }
}

describeOnEachDatabase('tiles of grids', (db) => {
  const coverage = partition({ columns: 14, rows: 14, bendsPerSide: 9, cellM: 400, seed: 5 })
  const middle = coverage[Math.floor(coverage.length / 2) + 7]!.geometry[0]![0]![0]! as [number, number]
  let layer: TileLayer
  let tell: (topic: string) => void

  async function put(code: string, area: string, geometry: MultiPolygon, from: string, to: string | null) {
    await db().query(
      `INSERT INTO grids (code, valid_from, valid_to, area_code, name, geom)
       VALUES ($1, $2, $3, $4, $5, ST_SetSRID(ST_GeomFromGeoJSON($6), 4326))`,
      [code, from, to, area, `Grid ${code}`, JSON.stringify({ type: 'MultiPolygon', coordinates: geometry })],
    )
  }

  async function rings(place: TilePlace, scope: Scope = EVERYTHING, asOf = TODAY) {
    const { bytes } = await layer.make(place, { scope, asOf, db: db() })
    checkTile(bytes)
    const found = bytes.length ? new VectorTile(new PbfReader(bytes)).layers.grids! : null
    return Array.from({ length: found?.length ?? 0 }, (_, i) => {
      const feature = found!.feature(i)
      const { code, area } = feature.properties as Record<string, string>
      return { code: code!, area: area!, rings: feature.loadGeometry() }
    })
  }

  beforeAll(async () => {
    const listeners: ((topic: string) => void)[] = []
    const versions = new TableVersions({
      subscribe({ changed }) {
        listeners.push((topic) =>
          changed([{ xid: '1', seq: 1, topic, key: null, areaCode: '', departmentCode: null }]),
        )
        return () => {}
      },
    })
    tell = (topic) => {
      for (const listener of listeners) listener(topic)
    }
    layer = gridsLayer(db(), versions)
    await db().query(
      `INSERT INTO areas (code, level, name) VALUES ('530103', 'district', '盘龙区'), ('511502', 'district', '翠屏区')`,
    )
    for (const [i, { key, geometry }] of coverage.entries()) {
      await put(key, i % 2 ? '530103' : '511502', geometry, '2020-01-01', null)
    }
  })

  it('leave no crack and no overlap between neighbours at any zoom', async () => {
    for (let z = 9; z <= 16; z++) {
      const grids = await rings(tileAt(middle, z))
      // Whole units, so areas are exact: what borders share cancels out to the last unit
      const edges = new Map<string, number>()
      let area = 0
      for (const ring of grids.flatMap((grid) => grid.rings)) {
        area += doubleArea(Float64Array.from(ring.flatMap(({ x, y }) => [x, y])), 0, ring.length) / 2
        for (const [i, b] of ring.slice(1).entries()) {
          const a = ring[i]!
          const [name, sign] = a.x < b.x || (a.x === b.x && a.y < b.y) ? [[a, b], 1] : [[b, a], -1]
          const key = JSON.stringify(name)
          edges.set(key, (edges.get(key) ?? 0) + (sign as number))
        }
      }
      // Inside the coverage every border is there once in each direction; left are its own outline and the tile's
      const single = [...edges].filter(([, balance]) => balance !== 0).map(([key]) => JSON.parse(key))
      const outline = single.flat() as { x: number; y: number }[]
      const isInside = ({ x, y }: { x: number; y: number }) => x > -64 && x < 4160 && y > -64 && y < 4160
      if (z >= 14) {
        expect(outline.filter(isInside)).toEqual([])
        expect(area).toBe(REACH ** 2)
      } else {
        // The whole coverage is in sight: its outline is one ring, where each vertex comes twice
        const times = new Map<string, number>()
        for (const vertex of outline) {
          const key = JSON.stringify(vertex)
          times.set(key, (times.get(key) ?? 0) + 1)
        }
        expect(new Set(times.values())).toEqual(new Set([2]))
      }
      expect(grids.length).toBeGreaterThan(0)
    }
  })

  it('say the same of a border in both tiles that it crosses', async () => {
    for (const z of [13, 15, 16]) {
      const place = tileAt(middle, z)
      const inBoth = (shift: number) => (vertex: { x: number; y: number }) => {
        const x = vertex.x - shift
        return x > EXTENT - 64 && x < EXTENT + 64 && vertex.y > -64 && vertex.y < 4160
      }
      const vertices = async (tile: TilePlace, shift: number) => {
        const seen = (await rings(tile)).flatMap(({ code, rings: all }) =>
          all
            .flat()
            .filter(inBoth(shift))
            .map(({ x, y }) => `${code} ${x - shift} ${y}`),
        )
        return [...new Set(seen)].sort()
      }
      const west = await vertices(place, 0)
      const east = await vertices({ ...place, x: place.x + 1 }, -EXTENT)
      expect(east).toEqual(west)
    }
  })

  it('drop vertices that nobody sees, and keep all at the highest zoom', async () => {
    const count = async (z: number) =>
      (await rings(tileAt(middle, z))).flatMap((grid) => grid.rings.flat()).length
    const stored = coverage.flatMap(({ geometry }) => geometry.flat(2)).length
    expect(await count(10)).toBeLessThan(stored / 3)
    const [inSight] = (await rings(tileAt(middle, 16))).filter(({ rings: [ring] }) =>
      ring!.every(({ x, y }) => x > -64 && x < 4160 && y > -64 && y < 4160),
    )
    const whole = coverage.find(({ key }) => key === inSight?.code)
    if (inSight) expect(inSight.rings[0]!.length).toBe(whole!.geometry[0]![0]!.length)
  })

  it('show the grids of the scope alone', async () => {
    const areas = (await rings(tileAt(middle, 12), ['530103'])).map((grid) => grid.area)
    expect(new Set(areas)).toEqual(new Set(['530103']))
    const { bounds } = await layer.describe({ scope: ['999999'], asOf: TODAY, db: db() })
    expect(bounds).toBeNull()
  })

  it('tell where they are', async () => {
    const { bounds } = await layer.describe({ scope: EVERYTHING, asOf: TODAY, db: db() })
    const lngs = coverage.flatMap(({ geometry }) => geometry.flat(2).map(([lng]) => lng))
    expect(bounds![0]).toBeCloseTo(Math.min(...lngs), 6)
    expect(bounds![2]).toBeCloseTo(Math.max(...lngs), 6)
  })

  it('are those of the day asked for, and current as soon as a change is told', async () => {
    const place = tileAt(middle, 12)
    const codes = async (asOf: string) =>
      (await rings(place, EVERYTHING, asOf)).map((grid) => grid.code).sort()
    const all = await codes(TODAY)
    expect(all.length).toBeGreaterThan(100)
    expect(await codes('2019-12-31')).toEqual([])
    const before = await layer.version({ scope: EVERYTHING, asOf: TODAY })
    await db().query(`UPDATE grids SET valid_to = '2023-01-01' WHERE code = $1`, [all[0]!])
    tell('grids')
    expect(await layer.version({ scope: EVERYTHING, asOf: TODAY })).not.toBe(before)
    // Days between two changes have one coverage, however many are asked for
    const ofDays = await Promise.all(
      ['2190-01-01', '2190-01-02', '2191-07-01'].map((asOf) => layer.version({ scope: EVERYTHING, asOf })),
    )
    expect(new Set(ofDays).size).toBe(1)
    expect(await codes(TODAY)).toEqual(all.slice(1))
    expect(await codes('2022-12-31')).toEqual(all)
    tell('incident')
    expect(await codes(TODAY)).toEqual(all.slice(1))
  })
})
