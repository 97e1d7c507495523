import { createHash } from 'node:crypto'
import Type from 'typebox'
import type { Transaction } from '../database/database.ts'
import { usedKey } from '../errors.ts'
import { noteMade, takeAccessKey } from './creation-key-queries.ts'

export const IdempotencyKey = Type.String({ minLength: 1, maxLength: 200 })

/**
 * Makes somebody or something once for a key, which belongs to who asks: `again` answers for what was made before.
 * @throws RequestError 422 where the key was used for something else
 */
export async function makeOnce<T>(
  tx: Transaction,
  key: string,
  body: unknown,
  { make, again }: { make(): Promise<{ id: number; made: T }>; again(id: number): Promise<T> },
): Promise<T> {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest()
  const used = await takeAccessKey(tx, key, bodyHash)
  if (used && Buffer.compare(used.bodyHash, bodyHash) !== 0) {
    throw usedKey('request')
  }
  if (used) return again(used.madeId)
  const { id, made } = await make()
  await noteMade(tx, key, id)
  return made
}
