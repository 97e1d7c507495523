import { useRef } from 'react'

/** An Idempotency-Key. A page that came without TLS has no crypto.randomUUID. */
export const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/** The same key for each try with the same content: what was made and not answered is not made twice. */
export function useRequestKey(): (content: object) => string {
  const tried = useRef({ content: '', key: '' })
  return (value) => {
    const content = JSON.stringify(value)
    if (tried.current.content !== content) tried.current = { content, key: randomKey() }
    return tried.current.key
  }
}
