import type { Point } from './warp.ts'

/** A line by the metres walked along it. */
export class Walk {
  readonly lengthM: number
  readonly #sums: number[] = [0]

  constructor(private readonly points: readonly Point[]) {
    for (let i = 1; i < points.length; i++) {
      const [[x1, y1], [x2, y2]] = [points[i - 1]!, points[i]!]
      this.#sums.push(this.#sums[i - 1]! + Math.hypot(x2 - x1, y2 - y1))
    }
    this.lengthM = this.#sums.at(-1)!
  }

  pointAt(metres: number): Point {
    let i = 1
    while (i < this.points.length - 1 && this.#sums[i]! < metres) i++
    const [from, to] = [this.#sums[i - 1]!, this.#sums[i]!]
    const share = Math.min(Math.max((metres - from) / (to - from), 0), 1)
    const [[x1, y1], [x2, y2]] = [this.points[i - 1]!, this.points[i]!]
    return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)]
  }

  /** The part of the line from one distance to another. */
  between(fromM: number, toM: number): Point[] {
    const inner = this.points.filter((_, i) => this.#sums[i]! > fromM && this.#sums[i]! < toM)
    return [this.pointAt(fromM), ...inner, this.pointAt(toM)]
  }
}
