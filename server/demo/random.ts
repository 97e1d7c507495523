/**
 * A stream of random numbers that is the same for the same seeds on every machine: sfc32 by Chris Doty-Humphrey
 * (PractRand), its state filled by a hash of the seeds.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(...seeds: readonly number[]) {
    let hash = 0x811c9dc5
    const mix = (value: number): number => {
      hash = Math.imul(hash ^ value, 0x01000193)
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
      hash ^= hash >>> 12
      return hash
    }
    for (const seed of seeds) {
      mix(seed | 0)
      mix((seed / 2 ** 32) | 0)
    }
    this.#a = mix(1)
    this.#b = mix(2)
    this.#c = mix(3)
    for (let round = 0; round < 12; round++) this.next()
  }

  /** From 0 (included) to 1 (excluded). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    this.#c |= 0
    return (sum >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number from 0 (included) to `count` (excluded). */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  /** Mean 0, standard deviation 1 (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** How many events of a Poisson process with this mean: by inversion, for means below some hundred. */
  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.next(); product > limit; product *= this.next()) count++
    return count
  }
}
