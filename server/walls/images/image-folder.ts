import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
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
    return names.filter((name) => typeOf(name) !== null).sort()
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
      const { size, ...stat } = await file.stat()
      if ((stat.mode & constants.S_IFMT) !== constants.S_IFREG || size > LARGEST_BYTES) return null
      return { type, bytes: await file.readFile() }
    } finally {
      await file.close()
    }
  }
}

const typeOf = (name: string): string | null =>
  IMAGE_NAME.test(name) ? (TYPES[extname(name).toLowerCase()] ?? null) : null

function orNothing<T>(nothing: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO'].includes(error.code ?? '')) return nothing
    throw error
  }
}
