import { areasOfWall, checkWall } from '../../../domain/wall/check-wall.ts'
import type { WallChange, WallContent } from '../../../domain/wall/wall.ts'
import type { Asker } from '../../audit/askers.ts'
import { recordAudit } from '../../audit/record.ts'
import { makeOnce } from '../../creation-key.ts'
import type { Database, Queryable } from '../../database/database.ts'
import { unknownAreas } from '../../database/unknown-areas.ts'
import { RequestError } from '../../errors.ts'
import { insertWall } from './queries.ts'

/** @throws RequestError naming every field of a content that cannot be shown */
export async function refuseUnshowable(db: Queryable, content: WallContent): Promise<void> {
  const named = areasOfWall(content)
  const unknown = new Set(await unknownAreas(db, [...new Set(named.map(({ code }) => code))]))
  const faults = checkWall(content)
  for (const { field, code } of named) {
    if (!unknown.has(code)) continue
    faults.push({
      field,
      reason: `there is no area ${code}`,
      remedy: 'Use a code of /api/areas, or leave it out.',
    })
  }
  if (faults.length > 0) throw new RequestError(400, 'The wall cannot be shown as it stands.', faults)
}

/**
 * Writes a new wall and answers its number; with a key that was used before, the number of the wall written then.
 * @throws RequestError for a key that was used for another one
 */
export async function makeWall(
  db: Database,
  key: string,
  { name, content }: WallChange,
  changedBy: string,
  asker: Asker,
): Promise<number> {
  return db.transaction((tx) =>
    makeOnce(tx, {
      what: 'wall',
      key,
      body: [name, content],
      again: async (id) => id,
      make: async () => {
        await refuseUnshowable(tx, content)
        const id = await insertWall(tx, { name, content, changedBy })
        await recordAudit(tx, {
          ...asker,
          action: 'wall.create',
          subject: `wall ${id}`,
          outcome: 'done',
          after: { name, version: 1, content },
        })
        return { id, made: id }
      },
    }),
  )
}
