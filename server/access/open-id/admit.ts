import { createHash } from 'node:crypto'
import type { Asker } from '../../audit/askers.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Database, Transaction } from '../../database/database.ts'
import { RequestError } from '../../errors.ts'
import { isDepartment } from '../place-queries.ts'
import type { OpenIdPerson } from './issuer.ts'
import { grantOpenIdUser, insertOpenIdUser, lockOpenIdUser } from './queries.ts'
import type { GrantedRole } from './settings.ts'

const LONGEST_NAME = 100

/**
 * Makes or changes the user that a person of the organisation is here, by the groups of this very sign-in; answers
 * its id.
 * @throws RequestError 403 for who has no group that means something here, or is shut out
 */
export async function admit(
  db: Database,
  person: OpenIdPerson,
  roles: readonly GrantedRole[],
  asker: Asker,
): Promise<number> {
  const grant = roles.find(({ group }) => person.groups.includes(group))
  if (!grant) {
    throw new RequestError(
      403,
      'None of the groups that your organisation names for you may sign in here: ask an administrator.',
    )
  }
  const { role, scope, departmentCode } = grant
  if (departmentCode !== null && !(await isDepartment(db, departmentCode))) {
    throw new RequestError(
      403,
      `The department ${departmentCode} of your group is not known here: ask an administrator.`,
    )
  }
  const granted = { displayName: shownName(person.displayName), role, scope, departmentCode }
  return db.transaction(async (tx) => {
    const before = await lockOpenIdUser(tx, person.subject)
    if (!before) {
      const { id, name } = await insertUnderFreeName(tx, person, granted)
      await recordAudit(tx, {
        ...asker,
        action: 'user.create',
        subject: `user ${name}`,
        outcome: 'done',
        after: granted,
      })
      return id
    }
    const { id, name, isDisabled, ...was } = before
    if (isDisabled) throw new RequestError(403, 'This user may not sign in: ask an administrator.')
    const had = { displayName: was.displayName, role: was.role, scope: was.scope }
    const former = { ...had, departmentCode: was.departmentCode }
    if (JSON.stringify(former) === JSON.stringify(granted)) return id
    await grantOpenIdUser(tx, id, granted)
    await recordAudit(tx, {
      ...asker,
      action: 'user.change',
      subject: `user ${name}`,
      outcome: 'done',
      before: former,
      after: granted,
    })
    return id
  })
}

type Granted = Parameters<typeof grantOpenIdUser>[2]

/** Never the user of somebody who has the same name here: that one keeps it. */
async function insertUnderFreeName(tx: Transaction, { subject, name }: OpenIdPerson, granted: Granted) {
  const plain = name.replace(/[\s\p{C}]+/gu, '-').slice(0, LONGEST_NAME) || 'user'
  const mark = createHash('sha256').update(subject).digest('hex').slice(0, 8)
  for (const free of [plain, `${plain.slice(0, LONGEST_NAME - 9)}-${mark}`]) {
    const id = await insertOpenIdUser(tx, { ...granted, subject, name: free })
    if (id !== null) return { id, name: free }
  }
  // Two sign-ins of one person at the same moment
  throw new RequestError(409, 'This user is signing in elsewhere right now: try again.')
}

const shownName = (name: string) => name.replace(/\p{C}+/gu, ' ').slice(0, LONGEST_NAME)
