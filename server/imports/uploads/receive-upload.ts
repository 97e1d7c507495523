import '@fastify/multipart'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import type { Upload } from '../../../domain/import-job.ts'
import { badField } from '../../errors.ts'
import { spaceLeft } from '../disk-space.ts'
import { ImportRefused } from '../import-refused.ts'
import { safeFileName } from './file-name.ts'
import type { UploadStore } from './upload-store.ts'

export interface ReceiveLimits {
  /** of all files of one upload together */
  bytes: number
  files: number
}

const LOOK_AT_DISK_EVERY_BYTES = 32 * 2 ** 20
const MEGABYTE = 2 ** 20

/**
 * Streams the files of a multipart request to disk.
 * @throws ImportRefused when they are too large, the disk is too full or the request ends early; no file of
 *   them is left then
 */
export async function receiveUpload(
  request: FastifyRequest,
  store: UploadStore,
  limits: ReceiveLimits,
): Promise<Upload> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limits.bytes + MEGABYTE) throw tooLarge(limits)
  const folder = await store.begin()
  try {
    await requireSpace(store, announced)
    const files: Upload['files'] = []
    let total = 0
    const parts = request.files({
      throwFileSizeLimit: false,
      limits: {
        fileSize: Number.POSITIVE_INFINITY,
        files: limits.files + 1,
        fields: 10,
        parts: limits.files + 10,
      },
    })
    for await (const part of parts) {
      if (files.length === limits.files)
        throw new ImportRefused('upload-too-many-files', { most: limits.files })
      const name = safeFileName(part.filename)
      if (name === '') throw new ImportRefused('upload-unnamed', {})
      const path = await folder.pathOf(files.length, name)
      let bytes = 0
      let lookAt = LOOK_AT_DISK_EVERY_BYTES
      await pipeline(
        part.file,
        async function* (chunks: AsyncIterable<Buffer>) {
          for await (const chunk of chunks) {
            bytes += chunk.length
            total += chunk.length
            if (total > limits.bytes) throw tooLarge(limits)
            if (bytes > lookAt) {
              await requireSpace(store, 0)
              lookAt += LOOK_AT_DISK_EVERY_BYTES
            }
            yield chunk
          }
        },
        createWriteStream(path, { flags: 'wx' }),
      )
      files.push({ name, bytes })
    }
    if (!request.raw.complete) throw new ImportRefused('upload-cut', {})
    if (files.length === 0) throw new ImportRefused('option-unusable.file', {})
    return await folder.keep(files)
  } catch (error) {
    await folder.drop()
    throw sayable(error)
  }
}

async function requireSpace(store: UploadStore, bytes: number): Promise<void> {
  const free = await spaceLeft(store.folder)
  if (free > bytes) return
  throw new ImportRefused('upload-no-space', { free: Math.floor(free / MEGABYTE) })
}

function tooLarge({ bytes }: ReceiveLimits): ImportRefused {
  return new ImportRefused('upload-too-large', { megabytes: Math.floor(bytes / MEGABYTE) })
}

function sayable(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (message === 'Multipart: Boundary not found') {
    return badField(
      'content-type',
      'names no boundary',
      'Send multipart/form-data with its boundary, as browsers do.',
    )
  }
  if (code === 'ENOSPC') return new ImportRefused('upload-no-space', { free: 0 })
  const isCut =
    code === 'FST_MP_PREMATURE_CLOSE' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    code === 'ECONNRESET' ||
    /aborted|premature|terminated early|Unexpected end of (multipart|form)/i.test(message ?? '')
  return isCut ? new ImportRefused('upload-cut', {}) : error
}
