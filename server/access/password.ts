import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { badField } from '../errors.ts'

// OWASP's password storage cheat sheet: argon2id, which is this library's default, with 19 MiB, two passes, one lane
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const SHORTEST_PASSWORD = 12
// Some 49,000 that are found most often among stolen ones
const COMMON = new Set(dictionary['passwords-common'])
// No letters and digits that are taken for each other
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)

/** Takes as long for somebody who has no password as for somebody who has. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const isRight = await verify(stored ?? (await nobodys), password.normalize('NFKC'))
  return isRight && stored !== null
}

const nobodys = hash('nobody knows this one', COST)

/**
 * Length and a list of common passwords, no rules of composition (NIST SP 800-63B, 5.1.1.2).
 * @throws RequestError naming `field`
 */
export function refuseWeakPassword(password: string, name: string, field: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < SHORTEST_PASSWORD) {
    throw badField(
      field,
      `is shorter than ${SHORTEST_PASSWORD} characters`,
      'Choose a longer one: a sentence, say.',
    )
  }
  const withoutName = plain.replaceAll(name.toLowerCase(), '')
  if (isGuessedFirst(plain) || (withoutName !== plain && isLittle(withoutName))) {
    throw badField(
      field,
      'is one that is guessed first',
      'Choose one that is neither common nor made of the name.',
    )
  }
}

/** A common one, bare or with figures and signs round it; a short thing again and again; a row of the alphabet. */
function isGuessedFirst(plain: string): boolean {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const repeated = /^(.+?)\1+$/u.exec(plain)?.[1]
  if (repeated !== undefined && ([...repeated].length < SHORTEST_PASSWORD / 2 || COMMON.has(repeated)))
    return true
  if ([plain, core].some((part) => part === '' || COMMON.has(part))) return true
  const codes = [...plain].map((letter) => letter.codePointAt(0)!)
  const steps = new Set(codes.slice(1).map((code, i) => code - codes[i]!))
  return steps.size === 1
}

/** What is left beside a name: too little to stand for a password of its own. */
const isLittle = (plain: string) => [...plain].length < SHORTEST_PASSWORD / 2 || isGuessedFirst(plain)

/** For one use, readable aloud: 20 letters, 100 bits. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: 20 }, () => LETTERS[randomInt(LETTERS.length)]!)
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-')
}
