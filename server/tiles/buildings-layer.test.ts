import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { beforeAll, expect, it } from 'vitest'
import { randomFrom } from '../../domain/coverage/partition-fixture.ts'
import type { Position } from '../../domain/geometry.ts'
import { EVERYTHING, type Scope } from '../../domain/scope.ts'
import { describeOnEachDatabase } from '../database/test-database.ts'
import { TableVersions } from '../table-versions.ts'
import { buildingsLayer } from './buildings-layer.ts'
import { checkTile } from './mvt/test-tile.ts'
import type { TilePlace } from './tile-layer.ts'

const PLACE: TilePlace = { z: 14, x: 14552, y: 6451 }
const EXTENT = 4096

/** Degrees of a place in the units of a tile. */
function degrees({ z, x, y }: TilePlace, unitX: number, unitY: number): Position {
  const worldX = (x + unitX / EXTENT) / 2 ** z
  const worldY = (y + unitY / EXTENT) / 2 ** z
  return [worldX * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - 2 * worldY))) * 180) / Math.PI]
}

function distance([x, y]: [number, number], outline: readonly { x: number; y: number }[]): number {
  const edges = outline.slice(1).map((b, i) => [outline[i]!, b] as const)
  return Math.min(
    ...edges.map(([a, b]) => {
      const [dx, dy] = [b.x - a.x, b.y - a.y]
      const share = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)))
      return Math.hypot(x - a.x - share * dx, y - a.y - share * dy)
    }),
  )
}

describeOnEachDatabase('tiles of buildings', (db) => {
  const layer = () => buildingsLayer(new TableVersions({ subscribe: () => () => {} }))

  async function build(outlines: readonly (readonly Position[])[], columns: Record<string, unknown> = {}) {
    const { external_id = `b${Math.random()}`, height_m = null, floors = null, grid_code = null } = columns
    const { rows } = await db().query<{ id: number }>(
      `INSERT INTO buildings (external_id, height_m, floors, grid_code, area_code, geom)
       VALUES ($1, $2, $3, $4, $5, ST_SetSRID(ST_GeomFromGeoJSON($6), 4326)) RETURNING id`,
      [
        String(external_id),
        height_m as number | null,
        floors as number | null,
        grid_code as string | null,
        String(columns.area_code ?? ''),
        JSON.stringify({ type: 'MultiPolygon', coordinates: [outlines.map((ring) => [...ring, ring[0]!])] }),
      ],
    )
    return rows[0]!.id
  }

  async function features(
    place: TilePlace,
    scope: Scope = EVERYTHING,
  ): Promise<Map<number, VectorTileFeature>> {
    const { bytes } = await layer().make(place, { scope, asOf: '2024-01-01', db: db() })
    checkTile(bytes)
    const found = bytes.length ? new VectorTile(new PbfReader(bytes)).layers.buildings! : null
    const all = Array.from({ length: found?.length ?? 0 }, (_, i) => found!.feature(i))
    return new Map(all.map((feature) => [feature.id!, feature]))
  }

  const square = (place: TilePlace, x: number, y: number, side: number) =>
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
    ].map(([unitX, unitY]) => degrees(place, unitX!, unitY!))

  beforeAll(async () => {
    await db().query('DELETE FROM buildings')
  })

  it('hold every building in its place, to a unit on each axis, in each zoom', async () => {
    const random = randomFrom(7)
    for (const z of [12, 13, 14, 15, 16]) {
      const place = { z, x: ((14552 * 2 ** z) / 2 ** 14) | 0, y: ((6451 * 2 ** z) / 2 ** 14) | 0 }
      const wanted = new Map<number, [number, number][]>()
      for (let i = 0; i < 25; i++) {
        const [cx, cy] = [random() * 3800 + 100, random() * 3800 + 100]
        const count = 3 + Math.floor(random() * 9)
        const corners = Array.from({ length: count }, (_, k): [number, number] => {
          const radius = 30 + random() * 60
          const angle = (k * 2 * Math.PI) / count
          return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)]
        })
        wanted.set(await build([corners.map(([x, y]) => degrees(place, x, y))]), corners)
      }
      const found = await features(place)
      for (const [id, corners] of wanted) {
        const outline = found.get(id)!.loadGeometry()[0]!
        // A vertex on a straight line between its neighbours is left out: the outline is what must be there
        for (const corner of corners) expect(distance(corner, outline)).toBeLessThanOrEqual(1.5)
        for (const { x, y } of outline) {
          const nearest = Math.min(
            ...corners.map(([cornerX, cornerY]) => Math.hypot(cornerX - x, cornerY - y)),
          )
          expect(nearest).toBeLessThanOrEqual(1.5)
        }
      }
      await db().query('DELETE FROM buildings')
    }
  })

  it('carry the height, or three metres a floor, or none; and the grid', async () => {
    const ids = await Promise.all([
      build([square(PLACE, 100, 100, 50)], { height_m: 12.5, floors: 9, grid_code: '530103001001001' }),
      build([square(PLACE, 200, 100, 50)], { floors: 6, grid_code: '网格-7' }),
      build([square(PLACE, 300, 100, 50)]),
    ])
    const found = await features(PLACE)
    expect(ids.map((id) => found.get(id)!.properties)).toEqual([
      { height: 12.5, grid: '530103001001001' },
      { height: 18, grid: '网格-7' },
      {},
    ])
  })

  it('keep courtyards', async () => {
    const id = await build([square(PLACE, 1000, 1000, 100), square(PLACE, 1020, 1020, 60)])
    expect((await features(PLACE)).get(id)!.loadGeometry()).toHaveLength(2)
  })

  it('show nobody what lies outside the scope', async () => {
    const inside = await build([square(PLACE, 2000, 2000, 50)], { area_code: '530103001' })
    const outside = await build([square(PLACE, 2100, 2000, 50)], { area_code: '511502001' })
    const nowhere = await build([square(PLACE, 2200, 2000, 50)])
    const seen = await features(PLACE, ['530103', '530104'])
    expect([inside, outside, nowhere].map((id) => seen.has(id))).toEqual([true, false, false])
    const all = await features(PLACE)
    expect([inside, outside, nowhere].map((id) => all.has(id))).toEqual([true, true, true])
  })

  it('reach past the edge to their buffer and no farther', async () => {
    const across = await build([square(PLACE, -200, 3000, 400)])
    const box = (await features(PLACE)).get(across)!.bbox()
    expect(box[0]).toBe(-64)
    const beside = { ...PLACE, x: PLACE.x - 1 }
    expect((await features(beside)).get(across)!.bbox()[2]).toBe(EXTENT + 64)
  })

  it('leave out what is smaller than a pixel before zoom 14', async () => {
    const wide = { z: 13, x: PLACE.x >> 1, y: PLACE.y >> 1 }
    const small = await build([square(wide, 50, 50, 7)])
    const large = await build([square(wide, 70, 50, 9)])
    const found = await features(wide)
    expect([found.has(small), found.has(large)]).toEqual([false, true])
    expect((await features({ z: 14, x: wide.x * 2, y: wide.y * 2 })).has(small)).toBe(true)
  })

  it('are nothing where nothing is', async () => {
    expect((await features({ z: 14, x: 1, y: 1 })).size).toBe(0)
  })
})
