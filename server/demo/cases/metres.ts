import type { Position } from '../../../domain/geometry.ts'

const METRES_A_DEGREE = 111_320

/** Metres on a plane around a latitude: exact enough within a district. */
export class Metres {
  readonly #aDegreeEast: number

  constructor(latitude: number) {
    this.#aDegreeEast = METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180)
  }

  /** `eastM` and `northM` away from a place, on the lattice of 1e-7 degree. */
  moved([lng, lat]: Position, eastM: number, northM: number): Position {
    return [snapped(lng + eastM / this.#aDegreeEast), snapped(lat + northM / METRES_A_DEGREE)]
  }

  /** From one place to another: east and north. */
  between(from: Position, to: Position): [eastM: number, northM: number] {
    return [(to[0] - from[0]) * this.#aDegreeEast, (to[1] - from[1]) * METRES_A_DEGREE]
  }
}

const snapped = (degrees: number) => Math.round(degrees * 1e7) / 1e7
