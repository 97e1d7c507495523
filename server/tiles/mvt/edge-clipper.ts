/** Shorter stretches than this, in units, are a touch of the corner seen through rounding. */
const SHORTEST = 1e-6

/**
 * Cuts edges to the square from `low` to `high` on both axes (Liang and Barsky, 1984). The cut of an edge is
 * the same to the bit from both ends, so neighbours that share the edge stay together.
 */
export class EdgeClipper {
  /** the stretch inside, in the direction of the edge */
  x0 = 0
  y0 = 0
  x1 = 0
  y1 = 0
  /** whether the stretch begins, ends, where the edge crosses the border rather than at the edge's own end */
  entersThroughBorder = false
  leavesThroughBorder = false

  #from = 0
  #to = 1

  constructor(
    readonly low: number,
    readonly high: number,
  ) {}

  /** False when nothing longer than a touch of the edge is inside; an edge along the border is inside. */
  cut(ax: number, ay: number, bx: number, by: number): boolean {
    const turned = ax > bx || (ax === bx && ay > by)
    const startX = turned ? bx : ax
    const startY = turned ? by : ay
    const dx = turned ? ax - bx : bx - ax
    const dy = turned ? ay - by : by - ay
    this.#from = 0
    this.#to = 1
    if (!this.#narrow(startX, dx) || !this.#narrow(startY, dy)) return false
    const from = this.#from
    const to = this.#to
    if ((to - from) * (Math.abs(dx) + Math.abs(dy)) < SHORTEST) return false
    const fromX = from > 0 ? this.#border(startX + from * dx) : startX
    const fromY = from > 0 ? this.#border(startY + from * dy) : startY
    const toX = to < 1 ? this.#border(startX + to * dx) : startX + dx
    const toY = to < 1 ? this.#border(startY + to * dy) : startY + dy
    this.x0 = turned ? toX : fromX
    this.y0 = turned ? toY : fromY
    this.x1 = turned ? fromX : toX
    this.y1 = turned ? fromY : toY
    this.entersThroughBorder = turned ? to < 1 : from > 0
    this.leavesThroughBorder = turned ? from > 0 : to < 1
    return true
  }

  /** Narrows the stretch to what is inside on one axis. */
  #narrow(start: number, delta: number): boolean {
    if (delta === 0) return start >= this.low && start <= this.high
    const enter = ((delta > 0 ? this.low : this.high) - start) / delta
    const leave = ((delta > 0 ? this.high : this.low) - start) / delta
    if (enter > this.#from) this.#from = enter
    if (leave < this.#to) this.#to = leave
    return this.#from < this.#to
  }

  /** A coordinate of a crossing, put on the border exactly where rounding left it beside it. */
  #border(value: number): number {
    if (value < this.low + SHORTEST) return this.low
    if (value > this.high - SHORTEST) return this.high
    return value
  }
}
