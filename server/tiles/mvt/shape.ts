/** Values of GeomType in the MVT specification. */
export const POINT = 1
export const LINE = 2
export const POLYGON = 3
export type ShapeKind = 0 | typeof POINT | typeof LINE | typeof POLYGON

/**
 * One geometry in whole tile units, flat, and used again for the next: no object a vertex, no object a ring.
 * A part is a set of points, a line, or a ring without its closing vertex; an outer ring begins a polygon and
 * the rings up to the next outer one are its holes. No vertex follows an equal one in its part.
 */
export class Shape {
  /** 0: nothing in it */
  kind: ShapeKind = 0
  /** x0, y0, x1, y1 ...; doubles, because a far vertex of a large feature exceeds 32 bits at high zooms */
  xy = new Float64Array(256)
  vertexCount = 0
  partCount = 0
  /** index of the vertex after the part's last */
  partEnd = new Int32Array(16)
  /** 1: the outer ring of a polygon */
  partIsOuter = new Uint8Array(16)
  minX = Number.POSITIVE_INFINITY
  minY = Number.POSITIVE_INFINITY
  maxX = Number.NEGATIVE_INFINITY
  maxY = Number.NEGATIVE_INFINITY

  clear(kind: ShapeKind): void {
    this.kind = kind
    this.vertexCount = 0
    this.partCount = 0
    this.minX = Number.POSITIVE_INFINITY
    this.minY = Number.POSITIVE_INFINITY
    this.maxX = Number.NEGATIVE_INFINITY
    this.maxY = Number.NEGATIVE_INFINITY
  }

  partStart(part: number): number {
    return part === 0 ? 0 : this.partEnd[part - 1]!
  }

  /** Makes room for `count` more vertices. */
  reserve(count: number): void {
    const needed = 2 * (this.vertexCount + count)
    if (needed <= this.xy.length) return
    const grown = new Float64Array(Math.max(needed, this.xy.length * 2))
    grown.set(this.xy.subarray(0, 2 * this.vertexCount))
    this.xy = grown
  }

  /** Adds a vertex to the part under way, unless it repeats the one before; points may repeat. */
  add(x: number, y: number): void {
    const at = 2 * this.vertexCount
    if (this.kind !== POINT && this.vertexCount > this.partStart(this.partCount)) {
      if (this.xy[at - 2] === x && this.xy[at - 1] === y) return
    }
    this.reserve(1)
    this.xy[at] = x
    this.xy[at + 1] = y
    this.vertexCount++
    if (x < this.minX) this.minX = x
    if (x > this.maxX) this.maxX = x
    if (y < this.minY) this.minY = y
    if (y > this.maxY) this.maxY = y
  }

  /** Ends the part under way. A ring loses its closing vertex. */
  endPart(isOuter: boolean): void {
    const { xy, partCount } = this
    const start = this.partStart(partCount)
    if (this.kind === POLYGON) {
      const first = 2 * start
      while (this.vertexCount > start + 1) {
        const last = 2 * (this.vertexCount - 1)
        if (xy[first] !== xy[last] || xy[first + 1] !== xy[last + 1]) break
        this.vertexCount--
      }
    }
    if (partCount === this.partEnd.length) this.#growParts()
    this.partEnd[partCount] = this.vertexCount
    this.partIsOuter[partCount] = isOuter ? 1 : 0
    this.partCount++
  }

  #growParts(): void {
    const ends = new Int32Array(this.partEnd.length * 2)
    ends.set(this.partEnd)
    this.partEnd = ends
    const outer = new Uint8Array(ends.length)
    outer.set(this.partIsOuter)
    this.partIsOuter = outer
  }
}
