import { ImportRefused } from '../import-refused.ts'
import { type FeatureLayout, findFeatureLayout } from './feature-layout.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const LINE_FEED = 0x0a

/** The other members of a FeatureCollection, as JSON text of an object; empty for a sequence. */
export interface Surroundings {
  before: string
  after: string
}

export interface FeatureText {
  surroundings: Surroundings
  /** the bytes of whole features, some at a time */
  features: AsyncIterable<Buffer[]>
}

/**
 * Cuts JSON text into its features without parsing it: one pass, memory of one feature.
 * @throws ImportRefused when a feature is larger than `recordBytes`, or the text ends inside one
 */
export async function splitFeatures(
  chunks: AsyncIterable<Buffer>,
  recordBytes: number,
): Promise<FeatureText> {
  const iterator = chunks[Symbol.asyncIterator]()
  const { head, layout } = await readHead(iterator, recordBytes)
  const rest = followedBy(head, iterator)
  const surroundings: Surroundings = { before: '', after: '' }
  if (layout.layout === 'collection') {
    surroundings.before = head.toString('utf8', 0, layout.start)
    return { surroundings, features: splitObjects(rest, layout.start, recordBytes, surroundings) }
  }
  const features =
    layout.layout === 'lines' ? splitLines(rest, recordBytes) : splitObjects(rest, 0, recordBytes)
  return { surroundings, features }
}

async function readHead(
  iterator: AsyncIterator<Buffer>,
  recordBytes: number,
): Promise<{ head: Buffer; layout: FeatureLayout }> {
  const parts: Buffer[] = []
  let bytes = 0
  let lookAt = 1
  for (;;) {
    const { value, done } = await iterator.next()
    if (!done) {
      parts.push(value)
      bytes += value.length
    }
    if (bytes < lookAt && !done) continue
    // Looked at again only when it has doubled: one long line is not scanned from its start for every chunk
    lookAt = bytes * 2
    const head = Buffer.concat(parts)
    const layout = findFeatureLayout(head, done === true)
    if (layout.layout !== 'unknown') return { head, layout }
    if (done) throw cutShort()
    if (bytes > recordBytes) throw tooLarge(recordBytes)
  }
}

async function* followedBy(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  } finally {
    await iterator.return?.()
  }
}

/** The lines of `chunks` that hold anything, whatever it is. */
async function* splitLines(chunks: AsyncIterable<Buffer>, recordBytes: number): AsyncGenerator<Buffer[]> {
  const carried = new Carry(recordBytes)
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      const line = carried.joined(chunk.subarray(start, end))
      if (!isBlank(line)) lines.push(line)
      start = end + 1
    }
    carried.keep(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  const last = carried.joined(Buffer.alloc(0))
  if (!isBlank(last)) yield [last]
}

const isBlank = (line: Buffer) => line.every((byte) => byte <= 0x20)

/** The outermost objects of `chunks` from byte `start` on, until the array that holds them ends. */
async function* splitObjects(
  chunks: AsyncIterable<Buffer>,
  start: number,
  recordBytes: number,
  surroundings?: Surroundings,
): AsyncGenerator<Buffer[]> {
  const carried = new Carry(recordBytes)
  let depth = 0
  let inString = false
  let escaped = false
  let ended = false
  let from = start
  for await (const chunk of chunks) {
    const objects: Buffer[] = []
    let objectStart = 0
    let i = from
    from = 0
    for (; i < chunk.length && !ended; i++) {
      const byte = chunk[i]!
      if (inString) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
      } else if (byte === QUOTE) inString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (depth++ === 0) objectStart = i
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--
        if (depth === 0) objects.push(carried.joined(chunk.subarray(objectStart, i + 1)))
        ended = depth < 0
      }
    }
    if (ended) keepAfter(surroundings, chunk.subarray(i))
    else if (depth > 0) carried.keep(chunk.subarray(objectStart))
    if (objects.length > 0) yield objects
  }
  if (depth > 0 || (surroundings && !ended)) throw cutShort()
}

const AFTER_BYTES = 1024 * 1024

function keepAfter(surroundings: Surroundings | undefined, bytes: Buffer): void {
  if (surroundings && surroundings.after.length < AFTER_BYTES) surroundings.after += bytes.toString('utf8')
}

/** The beginning of a record whose end is in a later chunk. */
class Carry {
  private parts: Buffer[] = []
  private bytes = 0

  constructor(private readonly limit: number) {}

  keep(part: Buffer): void {
    this.parts.push(part)
    this.bytes += part.length
    if (this.bytes > this.limit) throw tooLarge(this.limit)
  }

  joined(end: Buffer): Buffer {
    if (this.bytes === 0) return end
    const whole = Buffer.concat([...this.parts, end])
    this.parts = []
    this.bytes = 0
    return whole
  }
}

function cutShort(): ImportRefused {
  return new ImportRefused('file-broken.cut', {})
}

export function tooLarge(recordBytes: number): ImportRefused {
  return new ImportRefused('record-too-large', { mebibytes: Math.round(recordBytes / 2 ** 20) })
}
