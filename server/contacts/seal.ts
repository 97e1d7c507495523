import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import type { Contact } from '../../domain/contact.ts'

// The parts of a sealed contact, in their order, before the sealed text itself
const VERSION = 1
const KEY_ID_BYTES = 4
const IV_BYTES = 12
const TAG_BYTES = 16
const IV_AT = 1 + KEY_ID_BYTES
const TAG_AT = IV_AT + IV_BYTES
const TEXT_AT = TAG_AT + TAG_BYTES
const CIPHER = 'aes-256-gcm'

/** Seals for one case: moved to another case it does not open (NIST SP 800-38D, additional data). */
export function seal(contact: Contact, incidentId: number, key: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(incidentId))
  const text = Buffer.concat([cipher.update(JSON.stringify(contact)), cipher.final()])
  return Buffer.concat([sealMark(key), iv, cipher.getAuthTag(), text])
}

/** null: none of the keys opens it, or it is not what was sealed for this case */
export function unseal(sealed: Uint8Array, incidentId: number, keys: readonly Uint8Array[]): Contact | null {
  const bytes = Buffer.from(sealed)
  const key = keys.find((one) => keyId(one).equals(bytes.subarray(1, IV_AT)))
  if (!key || bytes[0] !== VERSION || bytes.length < TEXT_AT) return null
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(IV_AT, TAG_AT))
      .setAAD(boundTo(incidentId))
      .setAuthTag(bytes.subarray(TAG_AT, TEXT_AT))
    const text = Buffer.concat([decipher.update(bytes.subarray(TEXT_AT)), decipher.final()])
    return JSON.parse(text.toString()) as Contact
  } catch {
    return null
  }
}

/** Tells two contacts apart; from it nobody without the key finds the number by trying all there are. */
export function digestOf(contact: Contact, key: Uint8Array): string {
  return createHmac('sha256', key)
    .update(`digest ${JSON.stringify(Object.entries(contact).sort())}`)
    .digest('hex')
}

/** What everything begins with that this key sealed. */
export const sealMark = (key: Uint8Array): Uint8Array => Buffer.concat([Buffer.of(VERSION), keyId(key)])

/** Names a key without telling it. */
function keyId(key: Uint8Array): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES)
}

const boundTo = (incidentId: number) => Buffer.from(`contact of incident ${incidentId}`)
