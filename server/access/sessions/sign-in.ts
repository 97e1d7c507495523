import { createHash } from 'node:crypto'
import type { Database } from '../../database/database.ts'
import { RequestError } from '../../errors.ts'
import { isPassword } from '../password.ts'
import { findCredentials } from '../users/queries.ts'
import { claimTry, forgetFailures } from './queries.ts'

/** Failures that cost nothing, as typing does; then 2, 4, 8 ... seconds. */
const FROM_ONE_ADDRESS = { free: 3, longestS: 900 }
/** From many addresses together: strangers slow down whoever has the name, and do not shut them out. */
const FROM_ANYWHERE = { free: 100, longestS: 30 }

/** The same for a wrong name, a wrong password, and somebody who is shut out. */
const WRONG = 'The name or the password is wrong, or this user may not sign in.'

/** Too many failures: `seconds` until the next try is looked at. */
export class SignInDelayed extends RequestError {
  constructor(readonly seconds: number) {
    super(429, `Too many failures under this name: try again in ${seconds} seconds.`)
  }
}

/**
 * Answers the id of the user. Failures are counted under the name and `address`, and more leniently under the name
 * alone.
 * @throws RequestError 401 when they do not match, SignInDelayed after several failures
 */
export async function checkPassword(
  db: Database,
  { name, password, address }: { name: string; password: string; address: string },
): Promise<number> {
  const user = await findCredentials(db, name)
  // By the name as it is kept: what the database takes for the same name counts as one
  const counted = (user?.name ?? name).toLowerCase()
  const [here, anywhere] = [hashOf(counted, address), hashOf(counted)]
  const seconds =
    (await claimTry(db, here, FROM_ONE_ADDRESS)) || (await claimTry(db, anywhere, FROM_ANYWHERE))
  if (seconds > 0) throw new SignInDelayed(seconds)
  const isRight = await isPassword(password, user?.passwordHash ?? null)
  if (!user || !isRight || user.isDisabled) throw new RequestError(401, WRONG)
  await forgetFailures(db, [here, anywhere])
  return user.id
}

const hashOf = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest()
