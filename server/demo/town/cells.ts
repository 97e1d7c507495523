const CELL_M = 32

/** Numbers kept by place: in every square cell that their extent touches. */
export class Cells {
  readonly #west: number
  readonly #south: number
  readonly #columns: number
  readonly #rows: number
  readonly #cells: (number[] | undefined)[]

  constructor(west: number, south: number, east: number, north: number) {
    this.#west = west
    this.#south = south
    this.#columns = Math.floor((east - west) / CELL_M) + 1
    this.#rows = Math.floor((north - south) / CELL_M) + 1
    this.#cells = new Array(this.#columns * this.#rows)
  }

  add(value: number, west: number, south: number, east: number, north: number): void {
    const last = this.#row(north)
    for (let row = this.#row(south); row <= last; row++) {
      const end = row * this.#columns + this.#column(east)
      for (let cell = row * this.#columns + this.#column(west); cell <= end; cell++) {
        const values = this.#cells[cell]
        if (values) values.push(value)
        else this.#cells[cell] = [value]
      }
    }
  }

  /** Whether the test holds for every number whose cells an extent touches; it may be asked twice about one. */
  isEach(x: number, y: number, reachX: number, reachY: number, test: (value: number) => boolean): boolean {
    const west = this.#column(x - reachX)
    const east = this.#column(x + reachX)
    const north = this.#row(y + reachY)
    for (let row = this.#row(y - reachY); row <= north; row++) {
      for (let cell = row * this.#columns + west; cell <= row * this.#columns + east; cell++) {
        const values = this.#cells[cell]
        if (values === undefined) continue
        for (let i = 0; i < values.length; i++) if (!test(values[i]!)) return false
      }
    }
    return true
  }

  #column(x: number): number {
    return Math.min(Math.max(Math.floor((x - this.#west) / CELL_M), 0), this.#columns - 1)
  }

  #row(y: number): number {
    return Math.min(Math.max(Math.floor((y - this.#south) / CELL_M), 0), this.#rows - 1)
  }
}
