import { type FileHandle, open } from 'node:fs/promises'
import { Compression, type Header, PMTiles, SharedPromiseCache, type Source, TileType } from 'pmtiles'
import type { Bbox } from '../../domain/geometry.ts'
import type { TileJson } from '../../domain/tile.ts'
import type { TileBytes, TilePlace } from './tile-layer.ts'

interface Metadata {
  attribution?: string
  vector_layers?: TileJson['vector_layers']
}

/** A PMTiles file of vector tiles. Its tiles are handed on as they are stored. */
export class PmtilesArchive {
  readonly #file: FileHandle
  readonly #archive: PMTiles
  readonly #header: Header
  readonly #reading = new Set<Promise<unknown>>()
  readonly vectorLayers: TileJson['vector_layers']
  readonly attribution: string | null

  private constructor(file: FileHandle, archive: PMTiles, header: Header, metadata: Metadata) {
    this.#file = file
    this.#archive = archive
    this.#header = header
    this.vectorLayers = metadata.vector_layers ?? []
    this.attribution = metadata.attribution || null
  }

  /** @throws Error for a file that is no PMTiles archive of vector tiles, plain or compressed by gzip */
  static async open(path: string): Promise<PmtilesArchive> {
    const file = await open(path)
    try {
      const source = new FileSource(file, path)
      const directories = new SharedPromiseCache()
      // The directories are decompressed by their cache; what this one reads, the tiles, stays as stored
      const archive = new PMTiles(source, directories, async (bytes) => bytes)
      const header = await archive.getHeader()
      if (header.tileType !== TileType.Mvt) throw new Error('it holds no vector tiles (MVT)')
      if (header.tileCompression !== Compression.Gzip && header.tileCompression !== Compression.None) {
        throw new Error('its tiles are compressed, but not by gzip')
      }
      const metadata = (await new PMTiles(source, directories).getMetadata()) as Metadata
      return new PmtilesArchive(file, archive, header, metadata)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  get minZoom(): number {
    return this.#header.minZoom
  }

  get maxZoom(): number {
    return this.#header.maxZoom
  }

  get bounds(): Bbox {
    const { minLon, minLat, maxLon, maxLat } = this.#header
    return [minLon, minLat, maxLon, maxLat]
  }

  async tile({ z, x, y }: TilePlace): Promise<TileBytes | null> {
    const reading = this.#archive.getZxy(z, x, y)
    this.#reading.add(reading)
    const found = await reading.finally(() => this.#reading.delete(reading))
    if (!found) return null
    return {
      bytes: new Uint8Array(found.data),
      isGzipped: this.#header.tileCompression === Compression.Gzip,
    }
  }

  /** Lets readings under way finish. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#reading)
    await this.#file.close()
  }
}

class FileSource implements Source {
  readonly #file: FileHandle
  readonly #path: string

  constructor(file: FileHandle, path: string) {
    this.#file = file
    this.#path = path
  }

  getKey(): string {
    return this.#path
  }

  async getBytes(offset: number, length: number): Promise<{ data: ArrayBuffer }> {
    const data = new ArrayBuffer(length)
    const { bytesRead } = await this.#file.read(new Uint8Array(data), 0, length, offset)
    return { data: bytesRead === length ? data : data.slice(0, bytesRead) }
  }
}
