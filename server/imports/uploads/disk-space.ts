import { statfs } from 'node:fs/promises'

/** What uploads leave free for the database and everybody else on the disk. */
const RESERVED_BYTES = 256 * 2 ** 20

/** Bytes that may still be written to the disk of `path`. */
export async function spaceLeft(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path)
  return Math.max(0, bavail * bsize - RESERVED_BYTES)
}
