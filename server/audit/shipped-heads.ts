import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { readHeadLine } from './head-file.ts'

/** Hashes that were written elsewhere, by day and row. */
export type Shipped = Map<string, Map<number, string>>

export interface ShippedHeads {
  shipped: Shipped
  /** lines that name a head; null: there is no file */
  shippedHeads: number | null
  /** lines that say nothing, but for those that a crash cut off */
  unreadableLines: number
}

export async function readShipped(path: string): Promise<ShippedHeads> {
  const shipped: Shipped = new Map()
  let shippedHeads = 0
  let unreadableLines = 0
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (line === '') continue
      const head = readHeadLine(line)
      if (!head) {
        if (!isCutOff(line)) unreadableLines++
        continue
      }
      shippedHeads++
      const day = shipped.get(head.day) ?? new Map<number, string>()
      // Two lines that disagree cannot both be of this table
      if (day.has(head.seq) && day.get(head.seq) !== head.hash) day.set(head.seq, 'two different hashes')
      else day.set(head.seq, head.hash)
      shipped.set(head.day, day)
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { shipped, shippedHeads: null, unreadableLines }
  }
  return { shipped, shippedHeads, unreadableLines }
}

const BEGINNING = '{"day":"'

/** A line that a crash cut off begins as every line does and has no end. */
const isCutOff = (line: string) => line.startsWith(BEGINNING.slice(0, line.length)) && !line.endsWith('}')
