/** Whether an `Accept-Encoding` header allows a content coding (RFC 9110, 12.5.3). */
export function acceptsEncoding(header: string | string[] | undefined, coding: string): boolean {
  let byWildcard = false
  for (const offer of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = offer
      .toLowerCase()
      .split(';')
      .map((part) => part.trim())
    const isRefused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))
    if (name === coding) return !isRefused
    if (name === '*') byWildcard = !isRefused
  }
  return byWildcard
}

/** Whether an `If-None-Match` header names the tag, compared weakly (RFC 9110, 13.1.2). */
export function knowsTag(header: string | undefined, tag: string): boolean {
  const known = header?.split(',').map((part) => part.trim().replace(/^W\//, '')) ?? []
  return known.includes('*') || known.includes(tag)
}
