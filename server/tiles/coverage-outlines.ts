import { vertexImportance } from '../../domain/coverage/simplify.ts'
import type { MultiPolygon } from '../../domain/geometry.ts'
import { inScope, type Scope } from '../../domain/scope.ts'
import { GeometryEncoder } from './mvt/geometry-encoder.ts'
import { Layer, tileOf } from './mvt/layer.ts'
import { POLYGON, Shape } from './mvt/shape.ts'
import type { TileFrame } from './mvt/tile-frame.ts'
import type { GridOutline } from './queries.ts'

/** Side in tile units (an eighth of a screen pixel) of the square below which a bend of a border is left out. */
const SMALLEST_BEND = 4

interface Outline {
  code: string
  name: string
  area: string
  rings: { isOuter: boolean; xy: Float64Array; importance: Float64Array }[]
  west: number
  south: number
  east: number
  north: number
}

/** One coverage in memory, in metres of EPSG:3857, with the importance of each vertex. */
export class CoverageOutlines {
  readonly #outlines: Outline[]

  constructor(grids: readonly GridOutline[]) {
    const importance = vertexImportance(grids.map((grid) => grid.polygons))
    this.#outlines = grids.map((grid, index) => outlineOf(grid, importance[index]!))
  }

  /**
   * The layer `grids` of a tile: `code`, `name`, `area`. A vertex stays or goes in all grids that have it, so
   * neighbours touch at every zoom; where `isExact`, all stay.
   */
  encode(frame: TileFrame, scope: Scope, isExact: boolean): Uint8Array {
    const layer = new Layer('grids', frame.extent, new GeometryEncoder(frame, { keepStraight: true }))
    const [codeKey, nameKey, areaKey] = [layer.key('code'), layer.key('name'), layer.key('area')]
    const leastImportance = isExact ? 0 : (SMALLEST_BEND / frame.unitsPerMetre) ** 2
    const [west, south, east, north] = frame.boundsM
    const shape = new Shape()
    for (const outline of this.#outlines) {
      if (outline.east < west || outline.west > east || outline.north < south || outline.south > north)
        continue
      if (!inScope(outline.area, scope)) continue
      drawOutline(outline, frame, leastImportance, shape)
      if (!layer.draw(shape)) continue
      layer.tag(codeKey, layer.text(outline.code))
      layer.tag(nameKey, layer.text(outline.name))
      layer.tag(areaKey, layer.text(outline.area))
      layer.add(null)
    }
    return tileOf([layer])
  }

  /** West, south, east, north in metres of what the scope lets see; null when it is nothing. */
  extentM(scope: Scope): [west: number, south: number, east: number, north: number] | null {
    const seen = this.#outlines.filter((outline) => inScope(outline.area, scope))
    if (!seen.length) return null
    const least = (side: 'west' | 'south') => seen.reduce((low, o) => Math.min(low, o[side]), Infinity)
    const most = (side: 'east' | 'north') => seen.reduce((high, o) => Math.max(high, o[side]), -Infinity)
    return [least('west'), least('south'), most('east'), most('north')]
  }
}

function outlineOf({ code, name, area, polygons }: GridOutline, importance: Float64Array): Outline {
  const rings: Outline['rings'] = []
  let read = 0
  for (const polygon of polygons) {
    for (const [index, ring] of polygon.entries()) {
      rings.push({
        isOuter: index === 0,
        xy: Float64Array.from(ring.flat()),
        importance: importance.subarray(read, read + ring.length),
      })
      read += ring.length
    }
  }
  return { code, name, area, rings, ...extentOf(polygons) }
}

function extentOf(polygons: MultiPolygon) {
  const extent = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [x, y] of polygons.flat(2)) {
    extent.west = Math.min(extent.west, x)
    extent.south = Math.min(extent.south, y)
    extent.east = Math.max(extent.east, x)
    extent.north = Math.max(extent.north, y)
  }
  return extent
}

function drawOutline(outline: Outline, frame: TileFrame, leastImportance: number, shape: Shape): void {
  shape.clear(POLYGON)
  for (const { isOuter, xy, importance } of outline.rings) {
    for (let vertex = 0; vertex < importance.length; vertex++) {
      if (importance[vertex]! < leastImportance) continue
      shape.add(frame.unitX(xy[2 * vertex]!), frame.unitY(xy[2 * vertex + 1]!))
    }
    shape.endPart(isOuter)
  }
}
