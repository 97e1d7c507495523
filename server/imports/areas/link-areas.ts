import type { Transaction } from '../../database/database.ts'
import { ImportRefused } from '../import-refused.ts'
import { findNestedCodes, linkParents } from './queries.ts'

/**
 * Puts areas under the wider ones that their codes begin with.
 * @throws ImportRefused where codes say that an area lies in one of its own level: what is asked of an area
 *   is asked by the beginning of its code, and would count the other's cases too
 */
export async function linkAreas(tx: Transaction): Promise<void> {
  const nested = await findNestedCodes(tx)
  if (nested) throw new ImportRefused('area-codes-nested', { inner: nested.inner, outer: nested.outer })
  await linkParents(tx)
}
