import type { NewUser, OneTimePassword, User, UserChange } from '../../domain/access/user.ts'
import { getJson, sendJson } from '../api/request.ts'

const API = '/api/users'

export const fetchUsers = (signal?: AbortSignal) => getJson<User[]>(API, signal)

export const createUser = async (user: NewUser) => (await sendJson<OneTimePassword>('POST', API, user))!

export const changeUser = async (id: number, change: UserChange) =>
  (await sendJson<User>('PATCH', `${API}/${id}`, change))!

export const renewPassword = async (id: number) =>
  (await sendJson<OneTimePassword>('POST', `${API}/${id}/password`))!

export const endSessions = (id: number) => sendJson<null>('DELETE', `${API}/${id}/sessions`)
