import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody guesses, as text for a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOfToken = (token: string): Uint8Array => createHash('sha256').update(token).digest()
