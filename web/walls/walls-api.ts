import type { NewWallDevice, WallDevice } from '../../domain/access/wall-device.ts'
import type { Alarm } from '../../domain/wall/alarm.ts'
import type { WatchedWall } from '../../domain/wall/report.ts'
import type { SteeringCommand, ToldSteering } from '../../domain/wall/steering.ts'
import type { NewWall, Wall, WallChange, WallSummary, WallVersion } from '../../domain/wall/wall.ts'
import { getJson, sendJson } from '../api/request.ts'

const DEVICES = '/api/walls/devices'
const REPORTS = '/api/walls/reports'
const wallAt = (id: number) => `/api/walls/${id}`

/** The paired screens. */
export const fetchDevices = (signal?: AbortSignal) => getJson<WallDevice[]>(DEVICES, signal)

/** `key`: the same for the same wish, so that a second try answers the screen that the first one paired. */
export const pairDevice = async (device: NewWallDevice, key: string) =>
  (await sendJson<WallDevice>('POST', DEVICES, device, undefined, { 'idempotency-key': key }))!

/** `wallId` null: the ready-made wall. */
export const chooseWall = (id: number, wallId: number | null) =>
  sendJson<WallDevice>('PATCH', `${DEVICES}/${id}`, { wallId })

export const revokeDevice = (id: number) => sendJson<null>('DELETE', `${DEVICES}/${id}`)

/** What the screens told of themselves last. */
export const fetchReports = (signal?: AbortSignal) => getJson<WatchedWall[]>(REPORTS, signal)

/** `reportedAt` makes the address another one with each picture. */
export const thumbnailAddress = ({ deviceId, reportedAt }: WatchedWall) =>
  `${REPORTS}/${deviceId}/thumbnail?at=${encodeURIComponent(reportedAt)}`

export const fetchWalls = (signal?: AbortSignal) => getJson<WallSummary[]>('/api/walls', signal)

export const fetchWall = (id: number, signal?: AbortSignal) => getJson<Wall>(wallAt(id), signal)

/** `key`: the same for the same wish, so that it makes one wall however often it is sent. */
export const createWall = async (wall: NewWall, key: string) =>
  (await sendJson<Wall>('POST', '/api/walls', wall, undefined, { 'idempotency-key': key }))!

/** Takes the place of `version`. @throws ApiError 412 when that is no longer in force */
export const saveWall = async (id: number, version: number, change: WallChange) =>
  (await sendJson<Wall>('PUT', wallAt(id), change, undefined, { 'if-match': `"${version}"` }))!

/** Where `version` is the one in force. @throws ApiError 412 when it no longer is */
export const deleteWall = ({ id, version }: Pick<WallSummary, 'id' | 'version'>) =>
  sendJson<null>('DELETE', wallAt(id), undefined, undefined, { 'if-match': `"${version}"` })

export const fetchVersions = (id: number, signal?: AbortSignal) =>
  getJson<WallVersion[]>(`${wallAt(id)}/versions`, signal)

export const fetchVersion = (id: number, version: number, signal?: AbortSignal) =>
  getJson<Wall>(`${wallAt(id)}/versions/${version}`, signal)

export const steer = async (id: number, command: SteeringCommand) =>
  (await sendJson<ToldSteering>('POST', `${wallAt(id)}/steering`, command))!

/** Names of the images that panels can show. */
export const fetchImages = (signal?: AbortSignal) => getJson<string[]>('/api/wall-images', signal)

export const acknowledge = (id: number) => sendJson<Alarm>('POST', `/api/alarms/${id}/acknowledgement`)
