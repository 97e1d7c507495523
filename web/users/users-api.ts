import type { NewUser, OneTimePassword, User, UserChange, UserPage } from '../../domain/access/user.ts'
import { address, getJson, sendJson } from '../api/request.ts'

const API = '/api/users'
const PAGE = 500

/** All of them, page by page, by name. */
export async function fetchUsers(signal?: AbortSignal): Promise<User[]> {
  const users: User[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: UserPage = await getJson<UserPage>(address(API, { limit: PAGE, cursor }), signal)
    users.push(...page.items)
    cursor = page.next
  }
  return users.sort((one, other) => one.name.localeCompare(other.name))
}

/** `key`: the same for each try of one request. */
export const createUser = async (user: NewUser, key: string) =>
  (await sendJson<OneTimePassword>('POST', API, user, undefined, { 'idempotency-key': key }))!

/** @throws ApiError 412 where somebody else changed this user meanwhile */
export const changeUser = async ({ id, version }: User, change: UserChange) =>
  (await sendJson<User>('PATCH', `${API}/${id}`, change, undefined, { 'if-match': `"${version}"` }))!

export const renewPassword = async (id: number) =>
  (await sendJson<OneTimePassword>('POST', `${API}/${id}/password`))!

export const endSessions = (id: number) => sendJson<null>('DELETE', `${API}/${id}/sessions`)
