import { appendFile, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Queryable } from '../database/database.ts'
import { listHeads } from './queries.ts'

/** A line of the file: the last row of a day as it stood at `at`. */
export interface ShippedHead {
  day: string
  seq: number
  /** hexadecimal */
  hash: string
  at: string
}

/** Longer than a line with the one before it. */
const TAIL_BYTES = 4096

/**
 * The heads of the audit in a file, a line of JSON each, so that they can be kept where whoever may write to the
 * database may not. Only ever appended to.
 */
export class HeadFile {
  #last: Pick<ShippedHead, 'day' | 'seq'> | null = null
  #isOpen = false

  constructor(
    private readonly db: Queryable,
    readonly path: string,
  ) {}

  /** Appends the heads that moved on since the last line. */
  async append(): Promise<void> {
    if (!this.#isOpen) await this.#open()
    const heads = await listHeads(this.db, this.#last)
    if (heads.length === 0) return
    const at = new Date().toISOString()
    const lines = heads.map(({ day, seq, hash }) =>
      JSON.stringify({ day, seq, hash: Buffer.from(hash).toString('hex'), at } satisfies ShippedHead),
    )
    await appendFile(this.path, `${lines.join('\n')}\n`)
    this.#last = heads.at(-1)!
  }

  async #open(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true })
    const tail = await readTail(this.path)
    // A line that was cut off by a crash must not swallow the next one
    if (tail !== '' && !tail.endsWith('\n')) await appendFile(this.path, '\n')
    this.#last =
      tail
        .split('\n')
        .map(readHeadLine)
        .findLast((head) => head !== null) ?? null
    this.#isOpen = true
  }
}

/** null: no whole line of such a file */
export function readHeadLine(line: string): ShippedHead | null {
  try {
    const { day, seq, hash, at } = JSON.parse(line) as ShippedHead
    const isHead = /^\d{4}-\d\d-\d\d$/.test(day) && Number.isSafeInteger(seq) && /^[0-9a-f]{64}$/.test(hash)
    return isHead ? { day, seq, hash, at } : null
  } catch {
    return null
  }
}

async function readTail(path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!file) return ''
  try {
    const { size } = await file.stat()
    const length = Math.min(size, TAIL_BYTES)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead).toString()
  } finally {
    await file.close()
  }
}
