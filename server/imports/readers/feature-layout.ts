const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const LINE_FEED = 0x0a

/**
 * How features stand in JSON text.
 * `collection`: in the `features` array, whose first element starts at byte `start` or later.
 * `lines`: one feature a line. `objects`: one object after the other, lines apart or not.
 */
export type FeatureLayout =
  | { layout: 'collection'; start: number }
  | { layout: 'lines' | 'objects' }
  /** the head is too short to tell */
  | { layout: 'unknown' }

/** The layout of JSON text by its beginning; `whole` says that nothing follows. */
export function findFeatureLayout(head: Uint8Array, whole: boolean): FeatureLayout {
  let depth = 0
  let key = ''
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]
    if (byte === QUOTE) {
      const end = endOfString(head, i)
      if (end < 0) return { layout: 'unknown' }
      if (depth === 1) key = Buffer.from(head.subarray(i + 1, end)).toString('latin1')
      i = end
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (byte === OPEN_BRACKET && depth === 1 && key === 'features')
        return { layout: 'collection', start: i + 1 }
      depth++
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--
      if (depth === 0) return afterFirstObject(head, i, whole)
    }
  }
  return { layout: 'unknown' }
}

function afterFirstObject(head: Uint8Array, end: number, whole: boolean): FeatureLayout {
  const lineFeed = head.indexOf(LINE_FEED)
  if (lineFeed < 0) return whole || head.length > end + 1024 ? { layout: 'objects' } : { layout: 'unknown' }
  return { layout: lineFeed > end ? 'lines' : 'objects' }
}

/** The index of the quote that ends the string opened at `start`; -1: it is not in `bytes`. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let slashes = 0
    while (bytes[end - 1 - slashes] === BACKSLASH) slashes++
    if (slashes % 2 === 0) return end
  }
  return -1
}
