/** Encodings of text files met in practice; GB18030 holds GBK and GB2312. */
export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le'

/**
 * The encoding of a text by its first bytes: a byte order mark decides, then whether they are UTF-8 (a
 * character cut off at the end is forgiven); all else is taken for GB18030, as Chinese desktops write.
 */
export function detectEncoding(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return isUtf8(head) ? 'utf-8' : 'gb18030'
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * Whether most characters beyond ASCII are well-formed UTF-8: for text in fields of fixed width, which may cut
 * a character in two. GB18030 text hardly ever looks so.
 */
export function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.split('\ufffd').length - 1
  const wide = text.replace(/[\0-\x7f\ufffd]/g, '').length
  return broken * 4 < wide
}
