import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { TileBytes } from './tile-layer.ts'

const compress = promisify(gzip)

/** What an entry takes besides its bytes. */
const ENTRY_BYTES = 400

/** A tile ready to send: compressed once, with the hash of its content. */
export interface ReadyTile {
  gzipped: Uint8Array
  hash: string
  isEmpty: boolean
}

/**
 * The tiles last asked for, up to a number of bytes. Who asks for a tile under way waits for it instead of
 * making it a second time; no more than `mostAtOnce` are made at one moment, so that a map that opens leaves
 * the database to others too.
 */
export class TileCache {
  readonly #mostBytes: number
  readonly #mostAtOnce: number
  readonly #ready = new Map<string, ReadyTile>()
  readonly #underWay = new Map<string, Promise<ReadyTile>>()
  readonly #waiting: (() => void)[] = []
  #making = 0
  #bytes = 0

  constructor(mostBytes: number, mostAtOnce: number) {
    this.#mostBytes = mostBytes
    this.#mostAtOnce = mostAtOnce
  }

  get(key: string, make: () => Promise<TileBytes>): Promise<ReadyTile> {
    const ready = this.#ready.get(key)
    if (ready) {
      // The order of a Map is the order of insertion: the first is the one longest unused
      this.#ready.delete(key)
      this.#ready.set(key, ready)
      return Promise.resolve(ready)
    }
    const underWay = this.#underWay.get(key)
    if (underWay) return underWay
    const made = this.#make(key, make).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, made)
    return made
  }

  async #make(key: string, make: () => Promise<TileBytes>): Promise<ReadyTile> {
    if (this.#making >= this.#mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#making++
    try {
      const tile = await make()
      const ready = await prepare(tile)
      this.#keep(key, ready)
      return ready
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#making--
    }
  }

  #keep(key: string, tile: ReadyTile): void {
    this.#ready.set(key, tile)
    this.#bytes += tile.gzipped.length + ENTRY_BYTES
    for (const [oldest, { gzipped }] of this.#ready) {
      if (this.#bytes <= this.#mostBytes) return
      this.#ready.delete(oldest)
      this.#bytes -= gzipped.length + ENTRY_BYTES
    }
  }
}

async function prepare({ bytes, isGzipped }: TileBytes): Promise<ReadyTile> {
  return {
    gzipped: isGzipped || bytes.length === 0 ? bytes : await compress(bytes),
    hash: createHash('sha1').update(bytes).digest('base64url'),
    isEmpty: bytes.length === 0,
  }
}
