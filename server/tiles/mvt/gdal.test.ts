import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GeometryEncoder } from './geometry-encoder.ts'
import { Layer, tileOf } from './layer.ts'
import { LINE, POINT, POLYGON, Shape, type ShapeKind } from './shape.ts'
import { TileFrame } from './tile-frame.ts'

const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0
if (!hasGdal) console.warn('Tiles are not read with GDAL: install gdal-bin (ogrinfo) to test this too.')

const frame = new TileFrame(14, 14552, 6451)

function draw(
  layer: Layer,
  kind: ShapeKind,
  parts: readonly (readonly number[])[],
  id: number,
  tags: [number, number][],
) {
  const shape = new Shape()
  shape.clear(kind)
  for (const [index, part] of parts.entries()) {
    for (let at = 0; at < part.length; at += 2) shape.add(part[at]!, part[at + 1]!)
    shape.endPart(index === 0)
  }
  if (!layer.draw(shape)) return
  for (const [key, value] of tags) layer.tag(key, value)
  layer.add(id)
}

describe.skipIf(!hasGdal)('GDAL', () => {
  it('reads geometries, attributes and ids of a tile', () => {
    const geometry = new GeometryEncoder(frame)
    const places = new Layer('places', frame.extent, geometry)
    const nameKey = places.key('name')
    draw(places, POINT, [[100, 200, 300, 400]], 1, [[nameKey, places.text('文庙直街')]])
    const roads = new Layer('roads', frame.extent, geometry)
    const lanesKey = roads.key('lanes')
    draw(roads, LINE, [[-500, 10, 5000, 10]], 2, [[lanesKey, roads.number(4)]])
    const houses = new Layer('houses', frame.extent, geometry)
    const heightKey = houses.key('height')
    const outline = [0, 0, 400, 0, 400, 400, 0, 400]
    const yard = [100, 100, 100, 200, 200, 200, 200, 100]
    draw(houses, POLYGON, [outline, yard], 2 ** 40, [[heightKey, houses.float(12.5)]])
    draw(houses, POLYGON, [[4000, 4000, 9000, 4000, 9000, 9000]], 7, [[heightKey, houses.number(-1.5)]])

    const folder = mkdtempSync(join(tmpdir(), 'grid-gdal-'))
    try {
      const file = join(folder, 'tile.mvt')
      writeFileSync(file, tileOf([places, roads, houses]))
      const at = ['-oo', `X=${frame.x}`, '-oo', `Y=${frame.y}`, '-oo', `Z=${frame.z}`]
      const said = execFileSync('ogrinfo', ['-al', ...at, file], { encoding: 'utf8' })
      expect(said).toMatch(/Layer name: places[\s\S]*Feature Count: 1[\s\S]*文庙直街[\s\S]*MULTIPOINT/)
      expect(said).toMatch(/Layer name: roads[\s\S]*Feature Count: 1[\s\S]*lanes \(Integer\) = 4/)
      expect(said).toMatch(
        /Layer name: houses[\s\S]*Feature Count: 2[\s\S]*mvt_id \(Integer64\) = 1099511627776/,
      )
      expect(said).toMatch(/height \(Real\) = 12\.5[\s\S]*height \(Real\) = -1\.5/)
      expect(said).not.toMatch(/warning|error/i)
      const areas = execFileSync(
        'ogrinfo',
        [
          ...at,
          file,
          '-dialect',
          'sqlite',
          '-sql',
          'SELECT ST_Area(geometry) AS area, ST_IsValid(geometry) AS valid FROM houses',
        ],
        { encoding: 'utf8' },
      )
      const found = [...areas.matchAll(/area \(Real\) = ([\d.]+)/g)].map((match) => Number(match[1]))
      expect(found[0]! * frame.unitsPerMetre ** 2).toBeCloseTo(400 * 400 - 100 * 100, 0)
      // The driver cuts the buffer off
      expect(found[1]! * frame.unitsPerMetre ** 2).toBeCloseTo((96 * 96) / 2, 0)
      expect(areas.match(/valid \(Integer\) = 1/g)).toHaveLength(2)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
