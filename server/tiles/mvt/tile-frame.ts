/** Half the side of the square that EPSG:3857 maps the earth to, in metres. */
const HALF_WORLD_M = 20037508.342789244

/** West, south, east, north in metres of EPSG:3857. */
export type BoundsM = [west: number, south: number, east: number, north: number]

/**
 * One tile of the Web Mercator pyramid and its own whole-number coordinates: 0, 0 is the north-west corner,
 * `extent`, `extent` the south-east one, y points south. Features reach `buffer` units past the edge.
 *
 * A place is rounded in the grid of the whole zoom before the tile's corner is taken off, so neighbouring
 * tiles round it alike.
 */
export class TileFrame {
  readonly unitsPerMetre: number
  /** whole units from the corner of the world to the corner of the tile */
  readonly left: number
  readonly top: number

  constructor(
    readonly z: number,
    readonly x: number,
    readonly y: number,
    readonly extent = 4096,
    readonly buffer = 64,
  ) {
    this.unitsPerMetre = (extent * 2 ** z) / (2 * HALF_WORLD_M)
    this.left = x * extent
    this.top = y * extent
  }

  /** From a coordinate in metres of EPSG:3857 to the tile's unit. */
  unitX(metres: number): number {
    return Math.floor((metres + HALF_WORLD_M) * this.unitsPerMetre + 0.5) - this.left
  }

  unitY(metres: number): number {
    return Math.floor((HALF_WORLD_M - metres) * this.unitsPerMetre + 0.5) - this.top
  }

  /** The tile and its buffer. */
  get boundsM(): BoundsM {
    const metres = (units: number) => units / this.unitsPerMetre - HALF_WORLD_M
    const { left, top, extent, buffer } = this
    return [
      metres(left - buffer),
      -metres(top + extent + buffer),
      metres(left + extent + buffer),
      -metres(top - buffer),
    ]
  }
}

/** Longitude and latitude in degrees of a place in metres of EPSG:3857. */
export function degreesOf(x: number, y: number): [lng: number, lat: number] {
  const latitude = 2 * Math.atan(Math.exp((y / HALF_WORLD_M) * Math.PI)) - Math.PI / 2
  return [(x / HALF_WORLD_M) * 180, (latitude * 180) / Math.PI]
}

/** Decimals of a metre (-1: tens) whose step is no longer than a unit of the tile: nothing to be seen is lost. */
export function decimalsOf(frame: TileFrame): number {
  return Math.ceil(Math.log10(frame.unitsPerMetre))
}
