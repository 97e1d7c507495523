import { toDegrees } from './lattice.ts'

/** Metres that one lattice unit is long, eastward and northward. */
export interface Scale {
  x: number
  y: number
}

/**
 * The scale at a latitude on the WGS 84 ellipsoid, to 1e-5 of itself. Good for what is small beside the
 * Earth: slivers, gaps, grids.
 * Series of the lengths of a degree from "Length of a degree of latitude and longitude", NIMA TR8350.2.
 */
export function scaleAt(yUnits: number): Scale {
  const latitude = (toDegrees(yUnits) * Math.PI) / 180
  const degreeNorth = 111132.92 - 559.82 * Math.cos(2 * latitude) + 1.175 * Math.cos(4 * latitude)
  const degreeEast =
    111412.84 * Math.cos(latitude) - 93.5 * Math.cos(3 * latitude) + 0.118 * Math.cos(5 * latitude)
  return { x: toDegrees(degreeEast), y: toDegrees(degreeNorth) }
}
