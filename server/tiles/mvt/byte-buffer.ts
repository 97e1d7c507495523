const TWO_TO_28 = 0x10000000
/** Bytes of the longest varint: 2^53 takes eight. */
export const LONGEST_VARINT = 8
const textEncoder = new TextEncoder()

/** Bytes that grow, written in the ways Protocol Buffers knows. */
export class ByteBuffer {
  bytes: Uint8Array
  length = 0
  #view: DataView

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.bytes.buffer)
  }

  clear(): void {
    this.length = 0
  }

  /** Makes room for `count` more bytes, so that whoever writes them into `bytes` need not check. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.#view = new DataView(grown.buffer)
  }

  /** An unsigned varint of a whole number from 0 to 2^53. */
  varint(value: number): void {
    this.reserve(LONGEST_VARINT)
    this.length = putVarint(this.bytes, this.length, value)
  }

  float32(value: number): void {
    this.reserve(4)
    this.#view.setFloat32(this.length, value, true)
    this.length += 4
  }

  float64(value: number): void {
    this.reserve(8)
    this.#view.setFloat64(this.length, value, true)
    this.length += 8
  }

  /** UTF-8 after its length. */
  text(value: string): void {
    const encoded = textEncoder.encode(value)
    this.varint(encoded.length)
    this.reserve(encoded.length)
    this.bytes.set(encoded, this.length)
    this.length += encoded.length
  }

  /** The content of another buffer after its length. */
  message(content: ByteBuffer): void {
    this.varint(content.length)
    this.append(content)
  }

  append(content: ByteBuffer): void {
    this.reserve(content.length)
    this.length = content.copyTo(this.bytes, this.length)
  }

  /** Copies the content to a place that has room for it, and answers the place after it. */
  copyTo(target: Uint8Array, at: number): number {
    const { bytes, length } = this
    // Features are a few dozen bytes long, where a loop is faster than a view and a copy
    if (length < 128) for (let i = 0; i < length; i++) target[at + i] = bytes[i]!
    else target.set(bytes.subarray(0, length), at)
    return at + length
  }
}

/**
 * Writes an unsigned varint of a whole number from 0 to 2^53 at a place that has room for it, and answers the
 * place after it.
 */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  let place = at
  let rest = value
  while (rest >= TWO_TO_28) {
    bytes[place++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  while (rest > 127) {
    bytes[place++] = (rest & 127) | 128
    rest >>>= 7
  }
  bytes[place++] = rest
  return place
}

/** Bytes that a varint of `value` takes. */
export function varintLength(value: number): number {
  let length = 1
  let rest = value
  while (rest >= TWO_TO_28) {
    rest = Math.floor(rest / 128)
    length++
  }
  while (rest > 127) {
    rest >>>= 7
    length++
  }
  return length
}
