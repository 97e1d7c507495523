import type { Random } from './random.ts'

/** Draws indexes by weight. O(n) to make, O(log n) a draw. */
export class Weighted {
  readonly total: number
  readonly #sums: Float64Array

  constructor(weights: ArrayLike<number>) {
    this.#sums = new Float64Array(weights.length)
    let total = 0
    for (let i = 0; i < weights.length; i++) {
      total += weights[i]!
      this.#sums[i] = total
    }
    this.total = total
  }

  shareOf(index: number): number {
    return (this.#sums[index]! - (this.#sums[index - 1] ?? 0)) / this.total
  }

  draw(random: Random): number {
    const wanted = random.next() * this.total
    let low = 0
    let high = this.#sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}
