import type { Asker } from '../audit/askers.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { StartError } from '../start-error.ts'
import { FIRST_ADMINISTRATOR } from './first-users.ts'
import { hashPassword, oneTimePassword } from './password.ts'
import {
  endSessions,
  findCredentials,
  insertUser,
  letIn,
  lockUser,
  lockUsers,
  setPassword,
} from './users/queries.ts'

/**
 * A way in where nobody has one: makes the administrator `name`, or gives the one who is there a new password for one
 * use and lets him in again. Answers the password.
 * @throws StartError where `name` is somebody who is no administrator, or signs in elsewhere
 */
export async function rescueAdministrator(
  db: Database,
  asker: Asker,
  name = FIRST_ADMINISTRATOR,
): Promise<string> {
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  await db.transaction(async (tx) => {
    await lockUsers(tx)
    const known = await findCredentials(tx, name)
    const before = known && (await lockUser(tx, known.id))
    if (before && (before.role !== 'administrator' || before.isOpenId)) {
      throw new StartError(
        `${before.name} is ${before.isOpenId ? 'somebody of the organisation' : 'no administrator'}: state another name with --name.`,
      )
    }
    if (before) {
      await setPassword(tx, before.id, passwordHash, true)
      await letIn(tx, before.id)
      await endSessions(tx, before.id)
    } else {
      await insertUser(tx, { name, displayName: name, role: 'administrator', scope: [''], passwordHash })
    }
    await recordAudit(tx, {
      ...asker,
      action: before ? 'user.password' : 'user.create',
      subject: `user ${before?.name ?? name}`,
      outcome: 'done',
      ...(before?.isDisabled && { before: { isDisabled: true }, after: { isDisabled: false } }),
    })
  })
  return password
}
