import type { Me, SignInOptions } from '../../domain/access/session.ts'
import type { Pairing } from '../../domain/access/wall-device.ts'
import { ApiError, getJson, sendJson } from '../api/request.ts'

const API = '/api/access'
/** Where the organisation's own sign-in begins. */
export const OPEN_ID = `${API}/open-id`

/** Null: nobody is signed in here. @throws ApiError, ConnectionLost */
export async function fetchMe(signal?: AbortSignal): Promise<Me | null> {
  try {
    return await getJson<Me>(`${API}/me`, signal)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

export const fetchSignInOptions = (signal?: AbortSignal) => getJson<SignInOptions>(`${API}/sign-in`, signal)

export const signIn = async (name: string, password: string) =>
  (await sendJson<Me>('POST', `${API}/sign-in`, { name, password }))!

export const signInAsDemo = async (name: string) =>
  (await sendJson<Me>('POST', `${API}/sign-in/demo`, { name }))!

export const signOut = () => sendJson<null>('POST', `${API}/sign-out`)

/** Somebody sits here. */
export const tellPresence = () => sendJson<null>('POST', `${API}/presence`)

export const changePassword = (current: string, next: string) =>
  sendJson<null>('PUT', `${API}/password`, { current, next })

export const askForCode = async () => (await sendJson<Pairing>('POST', '/api/walls/pairing'))!

export const fetchPairing = (signal?: AbortSignal) => getJson<Pairing>('/api/walls/pairing', signal)
