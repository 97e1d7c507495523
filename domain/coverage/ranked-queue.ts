/**
 * A binary heap of numbered things, the least value first; of equal values the one of lower rank, so that what
 * leaves next need not depend on the order in which things came in. O(log n) a call.
 */
export class RankedQueue {
  private readonly ids: number[] = []
  private readonly values: number[] = []

  constructor(private readonly rank: (id: number) => number) {}

  push(id: number, value: number): void {
    let at = this.ids.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isBefore(id, value, this.ids[parent]!, this.values[parent]!)) break
      this.move(parent, at)
      at = parent
    }
    this.put(id, value, at)
  }

  pop(): { id: number; value: number } | undefined {
    const [id, value] = [this.ids[0], this.values[0]]
    const [lastId, lastValue] = [this.ids.pop(), this.values.pop()]
    if (id === undefined || value === undefined) return undefined
    if (this.ids.length > 0) this.sink(lastId!, lastValue!)
    return { id, value }
  }

  private sink(id: number, value: number): void {
    let at = 0
    for (let child = 1; child < this.ids.length; child = 2 * at + 1) {
      const right = child + 1
      if (
        right < this.ids.length &&
        this.isBefore(this.ids[right]!, this.values[right]!, this.ids[child]!, this.values[child]!)
      )
        child = right
      if (!this.isBefore(this.ids[child]!, this.values[child]!, id, value)) break
      this.move(child, at)
      at = child
    }
    this.put(id, value, at)
  }

  private isBefore(id: number, value: number, otherId: number, otherValue: number): boolean {
    return value !== otherValue ? value < otherValue : this.rank(id) < this.rank(otherId)
  }

  private move(from: number, to: number): void {
    this.ids[to] = this.ids[from]!
    this.values[to] = this.values[from]!
  }

  private put(id: number, value: number, at: number): void {
    this.ids[at] = id
    this.values[at] = value
  }
}
