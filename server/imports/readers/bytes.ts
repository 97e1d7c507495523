import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { ImportRefused } from '../import-refused.ts'
import type { ReadLimits } from './limits.ts'

const CHUNK_BYTES = 256 * 1024

/** The first `length` bytes of a file, fewer when it is shorter. */
export async function firstBytes(path: string, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

export const isGzip = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b

/**
 * The bytes of a file in order, unpacked when it is a gzip, whatever it is called.
 * @throws ImportRefused for a broken or truncated gzip and for one that grows past the limits
 */
export async function* fileBytes(path: string, limits: ReadLimits): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (!isGzip(await firstBytes(path, 2))) {
    yield* file
    return
  }
  const unpacked = file.pipe(createGunzip({ chunkSize: CHUNK_BYTES }))
  file.on('error', (error) => unpacked.destroy(error))
  let total = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      total += chunk.length
      refuseBomb(total, file.bytesRead, limits)
      yield chunk
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new ImportRefused('file-broken.gzip', {})
    }
    throw error
  } finally {
    file.destroy()
    unpacked.destroy()
  }
}

/** @throws ImportRefused when `unpacked` bytes out of `packed` are more than an honest file gives */
export function refuseBomb(unpacked: number, packed: number, limits: ReadLimits): void {
  const tooMany = unpacked > limits.unpackedBytes
  const tooDense = unpacked > limits.ratioFreeBytes && unpacked / packed > limits.ratio
  if (!tooMany && !tooDense) return
  throw tooMany
    ? new ImportRefused('zip-bomb.size', { mebibytes: Math.round(limits.unpackedBytes / 2 ** 20) })
    : new ImportRefused('zip-bomb.ratio', { ratio: limits.ratio })
}
