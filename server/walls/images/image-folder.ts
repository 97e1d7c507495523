import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { IMAGE_NAME } from '../../../domain/wall/panel.ts'

const LARGEST_BYTES = 20 * 2 ** 20
/** No SVG: it can hold scripts, which would run as a page of this server. */
const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
}

export interface WallImage {
  type: string
  bytes: Buffer
}

/** Images for walls, which whoever runs the server puts into a folder. */
export class ImageFolder {
  constructor(private readonly folder: string) {}

  /** The names that can be shown, in their order. */
  async list(): Promise<string[]> {
    const names = await readdir(this.folder).catch(orNothing<string[]>([]))
    const shown: string[] = []
    for (const name of names.filter((one) => typeOf(one) !== null).sort()) {
      const stat = await lstat(join(this.folder, name)).catch(orNothing(null))
      if (stat && isShown(stat)) shown.push(name)
    }
    return shown
  }

  /** Null: there is none of this name, or it is no image of a kind that is shown. */
  async read(name: string): Promise<WallImage | null> {
    const type = typeOf(name)
    if (type === null) return null
    // A link could lead out of the folder, and a pipe never ends
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    const file = await open(join(this.folder, name), flags).catch(orNothing(null))
    if (!file) return null
    try {
      if (!isShown(await file.stat())) return null
      return { type, bytes: await file.readFile() }
    } finally {
      await file.close()
    }
  }
}

const typeOf = (name: string): string | null =>
  IMAGE_NAME.test(name) ? (TYPES[extname(name).toLowerCase()] ?? null) : null

const isShown = (stat: Stats): boolean => stat.isFile() && stat.size <= LARGEST_BYTES

function orNothing<T>(nothing: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO'].includes(error.code ?? '')) return nothing
    throw error
  }
}
