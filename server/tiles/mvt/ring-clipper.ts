/**
 * Clips one ring at a time to the square from `low` to `high`, one border after another (Sutherland and
 * Hodgman, 1974). Where the ring leaves the square several times, its parts hang together by edges along the
 * border, which add no area.
 */
export class RingClipper {
  /** the clipped ring, x, y, x, y ..., up to `vertexCount` */
  xy = new Float64Array(64)
  vertexCount = 0
  /** Whether the ring crossed each border at most twice, so that it is one piece without such edges. */
  isOnePiece = true
  #spare = new Float64Array(64)

  constructor(
    readonly low: number,
    readonly high: number,
  ) {}

  clip(ring: Float64Array, start: number, end: number): void {
    this.vertexCount = end - start
    this.isOnePiece = true
    this.#makeRoom()
    this.xy.set(ring.subarray(2 * start, 2 * end))
    this.#cut(0, this.low, 1)
    this.#cut(0, this.high, -1)
    this.#cut(1, this.low, 1)
    this.#cut(1, this.high, -1)
  }

  /** A border adds at most half as many vertices again, and never fewer than one. */
  #makeRoom(): void {
    const needed = 4 * this.vertexCount + 4
    if (this.#spare.length < needed) this.#spare = new Float64Array(2 * needed)
    if (this.xy.length >= needed) return
    const grown = new Float64Array(2 * needed)
    grown.set(this.xy)
    this.xy = grown
  }

  /** Keeps what lies on the side `direction` of a border on one axis (0: x). */
  #cut(axis: 0 | 1, border: number, direction: 1 | -1): void {
    if (!this.#reachesPast(axis, border, direction)) return
    this.#makeRoom()
    const { xy, vertexCount } = this
    const kept = this.#spare
    let count = 0
    let crossings = 0
    let from = 2 * vertexCount - 2
    for (let to = 0; to < 2 * vertexCount; to += 2) {
      const isIn = (xy[to + axis]! - border) * direction >= 0
      const wasIn = (xy[from + axis]! - border) * direction >= 0
      if (isIn !== wasIn) {
        crossings++
        kept[count + axis] = border
        kept[count + 1 - axis] = crossing(xy, from, to, axis, border)
        count += 2
      }
      if (isIn) {
        kept[count] = xy[to]!
        kept[count + 1] = xy[to + 1]!
        count += 2
      }
      from = to
    }
    if (crossings > 2) this.isOnePiece = false
    this.vertexCount = count / 2
    this.#spare = xy
    this.xy = kept
  }

  #reachesPast(axis: 0 | 1, border: number, direction: 1 | -1): boolean {
    const { xy, vertexCount } = this
    for (let at = axis; at < 2 * vertexCount; at += 2) if ((xy[at]! - border) * direction < 0) return true
    return false
  }
}

/** Where an edge crosses a border, the same to the bit from both ends, as `EdgeClipper` has it. */
function crossing(xy: Float64Array, from: number, to: number, axis: 0 | 1, border: number): number {
  const isTurned = xy[from]! > xy[to]! || (xy[from] === xy[to] && xy[from + 1]! > xy[to + 1]!)
  const start = isTurned ? to : from
  const end = isTurned ? from : to
  const other = 1 - axis
  const share = (border - xy[start + axis]!) / (xy[end + axis]! - xy[start + axis]!)
  return xy[start + other]! + share * (xy[end + other]! - xy[start + other]!)
}
