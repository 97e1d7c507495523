import type { Queryable } from '../database/database.ts'
import { unknownAreas } from '../database/unknown-areas.ts'
import { badField } from '../errors.ts'

/** @throws RequestError naming the field `scope` when it holds a code that no area has */
export async function refuseUnknownAreas(db: Queryable, scope: readonly string[]): Promise<void> {
  const unknown = await unknownAreas(db, scope)
  if (unknown.length === 0) return
  throw badField(
    'scope',
    `holds ${unknown.join(', ')}, which no area has`,
    'Use codes of areas, or an empty one for everything.',
  )
}
