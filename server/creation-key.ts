import { createHash } from 'node:crypto'
import Type from 'typebox'
import { type MadeByKey, noteMade, takeKey } from './database/creation-keys.ts'
import type { Transaction } from './database/database.ts'
import { usedKey } from './errors.ts'

export const IdempotencyKey = Type.String({ minLength: 1, maxLength: 200 })

export interface Creation<T> {
  what: MadeByKey
  /** it belongs to who asks: of two people who think of the same key neither hears of what the other made */
  key: string
  /** what is to be made; the same gives the same JSON */
  body: unknown
  make(): Promise<{ id: number; made: T }>
  /** answers for what was made before */
  again(id: number): Promise<T>
}

/**
 * Makes something once for a key, however often it is sent.
 * @throws RequestError 422 where the key was used for something else
 */
export async function makeOnce<T>(
  tx: Transaction,
  { what, key, body, make, again }: Creation<T>,
): Promise<T> {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  const used = await takeKey(tx, what, key, bodyHash)
  if (used && !used.isSame) throw usedKey(what)
  if (used) return again(used.madeId)
  const { id, made } = await make()
  await noteMade(tx, what, key, id)
  return made
}
