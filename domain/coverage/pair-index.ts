const EMPTY = -1

/**
 * Numbers pairs of numbers in the order they are first seen: vertices by (x, y), edges by (from, to).
 * A hash table on typed arrays: a Map with joined text keys takes ten times the memory and time at the size
 * of a city. Expected O(1) a call. `0` and `-0` are one number; NaN must not be given.
 */
export class PairIndex {
  private first: Float64Array
  private second: Float64Array
  private slots: Int32Array
  private count = 0

  constructor(expected = 1024) {
    const capacity = Math.max(16, 2 ** Math.ceil(Math.log2(expected)))
    this.first = new Float64Array(capacity)
    this.second = new Float64Array(capacity)
    this.slots = new Int32Array(capacity * 2).fill(EMPTY)
  }

  get size(): number {
    return this.count
  }

  a(id: number): number {
    return this.first[id]!
  }

  b(id: number): number {
    return this.second[id]!
  }

  /** The pair's number; a new one when it has none yet. */
  add(a: number, b: number): number {
    const slot = this.slotOf(a, b)
    const found = this.slots[slot]!
    if (found !== EMPTY) return found
    const id = this.count++
    this.first[id] = a
    this.second[id] = b
    this.slots[slot] = id
    if (this.count === this.first.length) this.grow()
    return id
  }

  /** The pair's number, or -1. */
  find(a: number, b: number): number {
    return this.slots[this.slotOf(a, b)]!
  }

  private slotOf(a: number, b: number): number {
    const mask = this.slots.length - 1
    let slot = hash(a, b) & mask
    for (;;) {
      const id = this.slots[slot]!
      if (id === EMPTY || (this.first[id] === a && this.second[id] === b)) return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    const first = new Float64Array(this.first.length * 2)
    const second = new Float64Array(first.length)
    first.set(this.first)
    second.set(this.second)
    this.first = first
    this.second = second
    this.slots = new Int32Array(first.length * 2).fill(EMPTY)
    for (let id = 0; id < this.count; id++) this.slots[this.slotOf(first[id]!, second[id]!)] = id
  }
}

const float = new Float64Array(2)
const words = new Int32Array(float.buffer)

function hash(a: number, b: number): number {
  // adding 0 makes one number of 0 and -0, whose bits differ
  float[0] = a + 0
  float[1] = b + 0
  let h = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x9e3779b1), 0x85ebca6b)
  h ^= h >>> 15
  h = Math.imul(h ^ words[2]! ^ Math.imul(words[3]!, 0xc2b2ae35), 0x27d4eb2f)
  h ^= h >>> 13
  h = Math.imul(h, 0x165667b1)
  return h ^ (h >>> 16)
}
