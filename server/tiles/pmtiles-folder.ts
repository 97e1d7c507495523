import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PmtilesArchive } from './pmtiles-archive.ts'

/** A file added, replaced or taken away is noticed after at most this long. */
const LOOK_AGAIN_MS = 1000

interface Log {
  warn(details: object, message: string): void
}

interface Entry {
  /** size and time of change: another file under the same name differs */
  signature: string
  archive: PmtilesArchive | null
}

export interface FolderContent {
  /** by the names of their files */
  archives: PmtilesArchive[]
  /** another one when the files are */
  version: string
}

/** The PMTiles files of a folder, which may come and go while the server runs. */
export class PmtilesFolder {
  readonly #path: string
  readonly #log: Log
  #entries = new Map<string, Entry>()
  #content: Promise<FolderContent> | null = null
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(path: string, log: Log) {
    this.#path = path
    this.#log = log
  }

  content(): Promise<FolderContent> {
    const now = performance.now()
    if (!this.#content || now - this.#lookedAt >= LOOK_AGAIN_MS) {
      this.#lookedAt = now
      const before = this.#content ?? Promise.resolve()
      // One look that failed is no reason never to look again
      this.#content = before.then(
        () => this.#look(),
        () => this.#look(),
      )
    }
    return this.#content
  }

  async close(): Promise<void> {
    await this.#content
    await Promise.all([...this.#entries.values()].map(({ archive }) => archive?.close()))
    this.#entries.clear()
  }

  async #look(): Promise<FolderContent> {
    const entries = new Map<string, Entry>()
    for (const name of await this.#names()) {
      const path = join(this.#path, name)
      const info = await stat(path).catch(() => null)
      if (!info?.isFile()) continue
      const signature = `${info.size}-${info.mtimeMs}`
      const known = this.#entries.get(name)
      entries.set(
        name,
        known?.signature === signature ? known : { signature, archive: await this.#open(path) },
      )
    }
    for (const [name, entry] of this.#entries) {
      if (entries.get(name) !== entry) await entry.archive?.close()
    }
    this.#entries = entries
    return {
      archives: [...entries.values()].flatMap(({ archive }) => archive ?? []),
      version: [...entries].map(([name, { signature }]) => `${name}:${signature}`).join(' '),
    }
  }

  async #names(): Promise<string[]> {
    // No folder is the same as an empty one: not every deployment has a base map of its own
    const names = await readdir(this.#path).catch(() => [])
    return names.filter((name) => name.endsWith('.pmtiles')).sort()
  }

  async #open(path: string): Promise<PmtilesArchive | null> {
    try {
      return await PmtilesArchive.open(path)
    } catch (error) {
      this.#log.warn(
        { file: path, err: error },
        'this base map cannot be used: put a whole PMTiles file there',
      )
      return null
    }
  }
}
