/** Some of a run of things of unknown length, evenly spread over it: between `most` / 2 and `most` of many. */
export class SpreadSample<T> {
  kept: T[] = []
  private stride = 1
  private seen = 0

  constructor(private readonly most: number) {}

  /** `make` is only called for what is kept. */
  offer(make: () => T): void {
    if (this.seen++ % this.stride !== 0) return
    this.kept.push(make())
    if (this.kept.length <= this.most) return
    this.kept = this.kept.filter((_, index) => index % 2 === 0)
    this.stride *= 2
  }
}
