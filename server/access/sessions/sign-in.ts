import { createHash } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import { RequestError } from '../../errors.ts'
import { isPassword } from '../password.ts'
import { findCredentials } from '../users/queries.ts'
import { claimTry, forgetFailures } from './queries.ts'

/** Failures that cost nothing, as typing does; then 2, 4, 8 ... seconds. */
const DELAY = { free: 3, longestS: 900 }

/** The same for a wrong name, a wrong password, and somebody who is shut out. */
const WRONG = 'The name or the password is wrong, or this user may not sign in.'

/** Too many failures: `seconds` until the next try is looked at. */
export class SignInDelayed extends RequestError {
  constructor(readonly seconds: number) {
    super(429, `Too many failures under this name: try again in ${seconds} seconds.`)
  }
}

/**
 * Answers the id of the user.
 * @throws RequestError 401 when they do not match, SignInDelayed after several failures
 */
export async function checkPassword(db: Database, name: string, password: string): Promise<number> {
  const user = await findCredentials(db, name)
  // By the name as it is kept: what the database takes for the same name counts as one
  const counted = (user?.name ?? name).toLowerCase()
  const nameHash = createHash('sha256').update(counted).digest()
  const seconds = await claimTry(db, nameHash, DELAY)
  if (seconds > 0) throw new SignInDelayed(seconds)
  const isRight = await isPassword(password, user?.passwordHash ?? null)
  if (!user || !isRight || user.isDisabled) throw new RequestError(401, WRONG)
  await forgetFailures(db, nameHash)
  return user.id
}
