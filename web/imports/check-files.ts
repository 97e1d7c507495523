import type { UploadLimits } from '../../domain/import-job.ts'
import type { Refusal } from '../../domain/import-refusals.ts'

/** What the server would refuse without looking into the files; null: nothing. */
export function refuseFiles(
  files: readonly Pick<File, 'name' | 'size'>[],
  limits: UploadLimits,
): Refusal | null {
  if (files.length > limits.files) {
    return { sentence: 'upload-too-many-files', values: { most: limits.files } }
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (bytes > limits.bytes) {
    return { sentence: 'upload-too-large', values: { megabytes: Math.floor(limits.bytes / 2 ** 20) } }
  }
  for (const { name, size } of files) {
    const plain = name.toLowerCase().replace(/\.gz$/, '')
    if (plain.endsWith('.shp')) return { sentence: 'ending-unknown.shp', values: { file: name } }
    if (!limits.endings.some((ending) => plain.endsWith(ending))) {
      return { sentence: 'ending-unknown.other', values: { file: name, endings: limits.endings.join(' ') } }
    }
    if (size === 0) return { sentence: 'file-empty.whole', values: { file: name } }
  }
  return null
}
