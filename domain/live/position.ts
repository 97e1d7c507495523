/** Which transactions a reader has seen: every one below `end` but those that were still running. */
export interface Snapshot {
  /** ascending, each below `end` */
  running: readonly bigint[]
  end: bigint
}

/** How far somebody has heard of changes. Opaque to clients, who bring it back as it came. */
export interface Position {
  /** the database: what was read of another one says nothing here */
  epoch: string
  /** seconds since 1970 of the newest change seen, or of the reading where none was */
  at: number
  snapshot: Snapshot
}

const FORM = /^([\w.-]{1,64})~(\d{1,12})~(.*)$/
const LONGEST = 8000
const NUMBER = /^\d{1,19}$/

/** `EPOCH~UNIXSECONDS~SNAPSHOT`; null: it is no position. */
export function parsePosition(text: string): Position | null {
  const [, epoch, at, snapshotText] = (text.length <= LONGEST && FORM.exec(text)) || []
  const snapshot = snapshotText === undefined ? null : parseSnapshot(snapshotText)
  return snapshot && { epoch: epoch!, at: Number(at), snapshot }
}

export function formatPosition({ epoch, at, snapshot }: Position): string {
  return `${epoch}~${at}~${formatSnapshot(snapshot)}`
}

/** As PostgreSQL writes its type pg_snapshot, `xmin:xmax:xip,xip`; null: it is none. */
export function parseSnapshot(text: string): Snapshot | null {
  const [begin, end, list, more] = text.split(':')
  if (!begin || !end || list === undefined || more !== undefined) return null
  const running = list === '' ? [] : list.split(',')
  if (![begin, end, ...running].every((one) => NUMBER.test(one))) return null
  const snapshot = { running: running.map(BigInt), end: BigInt(end) }
  const bounds = [BigInt(begin) - 1n, ...snapshot.running, snapshot.end]
  const isAscending = bounds.every((bound, n) => n === 0 || bounds[n - 1]! < bound)
  return BigInt(begin) > 0n && isAscending ? snapshot : null
}

export function formatSnapshot({ running, end }: Snapshot): string {
  return `${running[0] ?? end}:${end}:${running.join(',')}`
}

/** Whether the transaction had ended when the snapshot was taken. */
export function isVisible(xid: bigint, { running, end }: Snapshot): boolean {
  return xid < end && !running.includes(xid)
}

/** Whether everything that `other` has seen is seen by `snapshot` too. */
export function covers(snapshot: Snapshot, other: Snapshot): boolean {
  return (
    other.end <= snapshot.end &&
    snapshot.running.every((xid) => xid >= other.end || other.running.includes(xid))
  )
}

/** As `covers`, for positions as they are told. False for what is none, or of two databases. */
export function reaches(position: string, other: string): boolean {
  const [one, two] = [parsePosition(position), parsePosition(other)]
  return one !== null && two !== null && one.epoch === two.epoch && covers(one.snapshot, two.snapshot)
}

/**
 * The snapshot without what lies behind `newest`, the newest transaction with a change seen. Nothing is there to
 * be seen between it and the end, and a server that crashed gives those numbers out again: what it then does under
 * them must count as new.
 */
export function settle({ running, end }: Snapshot, newest: bigint): Snapshot {
  const settled = newest < end ? newest + 1n : end
  return { running: running.filter((xid) => xid < settled), end: settled }
}
