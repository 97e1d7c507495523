/** A time on a clock, without a place. */
export interface ClockTime {
  year: number
  /** 1..12 */
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

const HOUR_MS = 3_600_000

/**
 * Instants of clock times in an IANA zone. A time that the clock skips in spring is taken as if the clock had
 * not been put forward (02:30 becomes 03:30); of a time that comes twice in autumn the first is taken.
 */
export class ZonedClock {
  private readonly format: Intl.DateTimeFormat
  /** offset of the zone in ms by hour since 1970; asking Intl is slow */
  private readonly offsets = new Map<number, number>()

  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** Milliseconds since 1970-01-01T00:00Z. */
  instant({ year, month, day, hour, minute, second }: ClockTime): number {
    const wall = Date.UTC(year, month - 1, day, hour, minute, second)
    const before = this.offsetAt(wall - 24 * HOUR_MS)
    const after = this.offsetAt(wall + 24 * HOUR_MS)
    // The earlier of the two readings that gives this wall time; in the gap neither does, and the offset before
    // the change puts it behind the gap
    for (const offset of before >= after ? [before, after] : [after, before]) {
      if (this.offsetAt(wall - offset) === offset) return wall - offset
    }
    return wall - before
  }

  private offsetAt(instant: number): number {
    const hour = Math.floor(instant / HOUR_MS)
    const known = this.offsets.get(hour)
    if (known !== undefined) return known
    const offset = this.askOffset(hour * HOUR_MS)
    this.offsets.set(hour, offset)
    return offset
  }

  private askOffset(instant: number): number {
    const parts: Record<string, number> = {}
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = Number(value)
    const { year, month, day, hour, minute, second } = parts as unknown as ClockTime
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant
  }
}
