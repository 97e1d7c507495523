import type { NewWallDevice, WallDevice } from '../../domain/access/wall-device.ts'
import { getJson, sendJson } from '../api/request.ts'

const API = '/api/walls/devices'

export const fetchWalls = (signal?: AbortSignal) => getJson<WallDevice[]>(API, signal)

export const pairWall = async (wall: NewWallDevice) => (await sendJson<WallDevice>('POST', API, wall))!

export const revokeWall = (id: number) => sendJson<null>('DELETE', `${API}/${id}`)
