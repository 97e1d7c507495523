import { statfs } from 'node:fs/promises'
import { ImportRefused } from './import-refused.ts'

/** What files sent and files unpacked leave free for the database and everybody else on the disk. */
const RESERVED_BYTES = 256 * 2 ** 20

/** Bytes that may still be written to the disk of `path`. */
export async function spaceLeft(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return Math.max(0, bavail * bsize - RESERVED_BYTES)
}

const LOOK_EVERY_BYTES = 32 * 2 ** 20

/**
 * The same chunks, on their way to the disk of `path`.
 * @throws ImportRefused `disk-full` before they take what is kept free
 */
export async function* keepingSpace(chunks: AsyncIterable<Uint8Array>, path: string) {
  let sinceLook = LOOK_EVERY_BYTES
  for await (const chunk of chunks) {
    sinceLook += chunk.length
    if (sinceLook >= LOOK_EVERY_BYTES) {
      if ((await spaceLeft(path)) < LOOK_EVERY_BYTES) throw new ImportRefused('disk-full', {})
      sinceLook = 0
    }
    yield chunk
  }
}
