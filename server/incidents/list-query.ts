import type { Bbox } from '../../domain/geometry.ts'
import { badField } from '../errors.ts'
import type { ListEnd } from './queries.ts'

/** `west,south,east,north` in degrees. @throws RequestError */
export function readBbox(text: string): Bbox {
  const remedy = 'Write bbox=west,south,east,north in degrees.'
  const parts = text.split(',')
  const [west, south, east, north] = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const numbers = [west!, south!, east!, north!] satisfies Bbox
  if (parts.length !== 4 || !numbers.every(Number.isFinite)) {
    throw badField('bbox', 'is no list of four numbers', remedy)
  }
  if (Math.max(-west!, east!) > 180 || Math.max(-south!, north!) > 90) {
    throw badField('bbox', 'leaves the earth: -180 to 180 and -90 to 90', remedy)
  }
  if (west! > east! || south! > north!) {
    throw badField('bbox', 'has its west east of its east, or its south north of its north', remedy)
  }
  return numbers
}

export function writeCursor(end: ListEnd): string {
  return Buffer.from(JSON.stringify(end)).toString('base64url')
}

/** @throws RequestError for a text that writeCursor did not make */
export function readCursor(cursor: string): ListEnd {
  try {
    const [reportedAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (isExactTime(reportedAt) && Number.isSafeInteger(id)) return [reportedAt, id]
  } catch {
    // Told below
  }
  throw badField('cursor', 'is none that this list gave', 'Leave it out to begin with the newest case.')
}

/** Whether it is a time as the list states it; a thirtieth of February is none. */
function isExactTime(time: unknown): time is string {
  if (typeof time !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(time)) return false
  const read = new Date(time)
  return Number.isFinite(read.getTime()) && read.toISOString().slice(0, 19) === time.slice(0, 19)
}
