import { Buffer } from 'node:buffer'

/** Most file systems hold 255 bytes. */
const LONGEST_BYTES = 200

/**
 * The name under which a file that was sent is kept: what people called it, without folders and without what a
 * file system or a terminal would stumble over; '' when nothing is left. Its ending stays.
 */
export function safeFileName(sent: string): string {
  const plain = (sent.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+/, '')
  if (Buffer.byteLength(plain) <= LONGEST_BYTES) return plain
  const ending = /(\.[^.]{1,10}){1,2}$/.exec(plain)?.[0] ?? ''
  let stem = plain.slice(0, plain.length - ending.length)
  while (Buffer.byteLength(stem + ending) > LONGEST_BYTES) stem = stem.slice(0, -1)
  return stem + ending
}
