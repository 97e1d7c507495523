import type { NewUser } from '../../domain/access/user.ts'
import { recordAudit } from '../audit/record.ts'
import type { Database } from '../database/database.ts'
import { demoPlaces } from './demo/queries.ts'
import { hashPassword, oneTimePassword } from './password.ts'
import { hasAdministrator, hasUsers, insertUser, lockUsers } from './users/queries.ts'

export const FIRST_ADMINISTRATOR = 'admin'

/**
 * Who may sign in at first: in the demo district one user a role, who need no password on this very machine; else,
 * or where the server is reached from others, an administrator. A demo district that is shown to other machines
 * later gets its administrator then.
 * @param needsPassword whether nobody could sign in without one
 * @returns the administrator's password, to be shown once; null: somebody can sign in already
 */
export async function makeFirstUsers(db: Database, needsPassword: boolean): Promise<string | null> {
  const mayAnyoneEnter = needsPassword ? hasAdministrator : hasUsers
  if (await mayAnyoneEnter(db)) return null
  const password = oneTimePassword()
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    // Two processes may start at once
    await lockUsers(tx)
    if (await mayAnyoneEnter(tx)) return null
    const places = (await hasUsers(tx)) ? null : await demoPlaces(tx)
    const people = places ? demoPeople(places) : []
    for (const person of people) await insertUser(tx, { ...person, passwordHash: null, isDemo: true })
    const isAdministratorMade = people.length === 0 || needsPassword
    if (isAdministratorMade) {
      const administrator: NewUser = {
        name: FIRST_ADMINISTRATOR,
        displayName: FIRST_ADMINISTRATOR,
        role: 'administrator',
        scope: [''],
      }
      await insertUser(tx, { ...administrator, passwordHash })
    }
    await recordAudit(tx, {
      actor: { kind: 'system', id: null, name: 'start', role: null },
      address: null,
      action: 'user.create',
      subject: 'first users',
      outcome: 'done',
      after: [...people.map(({ name }) => name), ...(isAdministratorMade ? [FIRST_ADMINISTRATOR] : [])],
    })
    return isAdministratorMade ? password : null
  })
}

/** One of each role: for the whole district, a street, a community, a department. */
function demoPeople({
  street,
  community,
  department,
}: {
  street: string
  community: string
  department: string
}): NewUser[] {
  return [
    { name: 'administrator', displayName: '周敏', role: 'administrator', scope: [''] },
    { name: 'planner', displayName: '林一鸣', role: 'planner', scope: [''] },
    { name: 'supervisor', displayName: '陈晓岚', role: 'supervisor', scope: [''] },
    { name: 'dispatcher', displayName: '吴建国', role: 'dispatcher', scope: [street] },
    { name: 'grid-worker', displayName: '何秀英', role: 'grid-worker', scope: [community] },
    {
      name: 'handler',
      displayName: '郑海',
      role: 'department-handler',
      scope: [''],
      departmentCode: department,
    },
    { name: 'viewer', displayName: '孙悦', role: 'viewer', scope: [''] },
  ]
}
