import { badField } from '../../errors.ts'

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** @throws RequestError naming the field when it is no JPEG */
export function readThumbnail(text: string): Uint8Array {
  const bytes = Buffer.from(BASE64.test(text) ? text : '', 'base64')
  // Begin and end marks of the format, and the first mark after the begin
  const isJpeg =
    bytes.length > 100 &&
    bytes.readUIntBE(0, 3) === 0xffd8ff &&
    bytes.readUInt16BE(bytes.length - 2) === 0xffd9
  if (isJpeg) return bytes
  throw badField('thumbnail', 'is no JPEG in base64', 'Send a small JPEG, or leave it out.')
}
