// The few messages of the PostgreSQL protocol (version 3) that the embedded database is asked in.
import type { SqlFault } from './sql-error.ts'
import type { Decoder } from './values.ts'

export interface Request {
  /** the statement, for whoever has to explain its error */
  sql: string
  /** Given away to another thread: memory of its own, not of Node's shared pool. */
  bytes: Uint8Array<ArrayBuffer>
}

/** Several statements at once, without parameters. */
export function simpleQuery(sql: string): Request {
  return { sql, bytes: joined(message('Q', text(sql))) }
}

/** One statement with its parameters. */
export function extendedQuery(sql: string, values: readonly (string | Uint8Array | null)[]): Request {
  const formats = values.map((value) => int16(value instanceof Uint8Array ? 1 : 0))
  const parameters = values.flatMap((value) => {
    if (value === null) return [int32(-1)]
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    return [int32(bytes.length), bytes]
  })
  const count = int16(values.length)
  const bytes = joined(
    message('P', text(''), text(sql), int16(0)),
    message('B', text(''), text(''), count, ...formats, count, ...parameters, int16(0)),
    message('D', Buffer.from('P'), text('')),
    message('E', text(''), int32(0)),
    message('S'),
  )
  return { sql, bytes }
}

/** A `COPY ... FROM STDIN` with all its rows. */
export function copyIn(sql: string, rows: Uint8Array): Request {
  return { sql, bytes: joined(message('Q', text(sql)), message('d', rows), message('c')) }
}

export interface Answer {
  rows: Record<string, unknown>[]
  rowCount: number
  /** the word of the command, `SELECT`, `COMMIT` */
  command: string
  error: SqlFault | null
  /** channels that were notified meanwhile */
  notified: string[]
}

interface Column {
  name: string
  decode: Decoder
  isBytes: boolean
}

const BYTEA = 17

/** Reads what came back for one request; of several statements it keeps the last one's rows. */
export function readAnswer(bytes: Uint8Array, decoderOf: (typeId: number) => Decoder): Answer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const answer: Answer = { rows: [], rowCount: 0, command: '', error: null, notified: [] }
  let columns: Column[] = []
  let at = 0
  while (at < buffer.length) {
    const kind = String.fromCharCode(buffer[at]!)
    const body = at + 5
    at += 1 + buffer.readUInt32BE(at + 1)
    if (kind === 'D') {
      answer.rows.push(readRow(buffer, body, columns))
    } else if (kind === 'T') {
      columns = readColumns(buffer, body, decoderOf)
      answer.rows = []
    } else if (kind === 'C') {
      const tag = readText(buffer, body).split(' ')
      answer.command = tag[0]!
      answer.rowCount = Number(tag.at(-1)) || 0
      if (columns.length === 0) answer.rows = []
      columns = []
    } else if (kind === 'E') {
      answer.error ??= readError(buffer, body)
    } else if (kind === 'A') {
      answer.notified.push(readText(buffer, body + 4))
    }
  }
  return answer
}

function readColumns(buffer: Buffer, start: number, decoderOf: (typeId: number) => Decoder): Column[] {
  const columns: Column[] = []
  let at = start + 2
  for (let left = buffer.readUInt16BE(start); left > 0; left -= 1) {
    const end = buffer.indexOf(0, at)
    const typeId = buffer.readUInt32BE(end + 7)
    columns.push({
      name: buffer.toString('utf8', at, end),
      decode: decoderOf(typeId),
      isBytes: typeId === BYTEA,
    })
    at = end + 19
  }
  return columns
}

function readRow(buffer: Buffer, start: number, columns: readonly Column[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  let at = start + 2
  for (const { name, decode, isBytes } of columns) {
    const length = buffer.readInt32BE(at)
    at += 4
    if (length < 0) {
      row[name] = null
      continue
    }
    // Bytes come as hexadecimal digits: reading those as UTF-8 would take most of the time of a tile
    row[name] = decode(buffer.toString(isBytes ? 'latin1' : 'utf8', at, at + length))
    at += length
  }
  return row
}

const FAULT_FIELDS: Readonly<Record<string, string>> = {
  S: 'severity',
  C: 'code',
  M: 'message',
  D: 'detail',
  H: 'hint',
  P: 'position',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  n: 'constraint',
}

function readError(buffer: Buffer, start: number): SqlFault {
  const fault: Record<string, string> = {}
  let at = start
  while (buffer[at] !== 0) {
    const value = readText(buffer, at + 1)
    const field = FAULT_FIELDS[String.fromCharCode(buffer[at]!)]
    if (field) fault[field] = value
    at = buffer.indexOf(0, at + 1) + 1
  }
  return { message: 'The database refused the statement.', ...fault }
}

function readText(buffer: Buffer, start: number): string {
  return buffer.toString('utf8', start, buffer.indexOf(0, start))
}

function joined(...messages: Uint8Array[][]): Uint8Array<ArrayBuffer> {
  const parts = messages.flat()
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function message(kind: string, ...parts: Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  return [Buffer.from(kind), int32(length), ...parts]
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeUInt16BE(value)
  return buffer
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}
