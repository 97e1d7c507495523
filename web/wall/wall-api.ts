import type { WallReport } from '../../domain/wall/report.ts'
import type { Wall } from '../../domain/wall/wall.ts'
import type { Weather } from '../../domain/wall/weather.ts'
import { address, getJson, sendJson } from '../api/request.ts'

/** The wall that this device shows; `id`: another, for people who look at it first. */
export const fetchOwnWall = (id: number | null, signal?: AbortSignal) =>
  getJson<Wall>(address('/api/walls/own', { id }), signal)

export const sendReport = (report: WallReport) => sendJson<null>('POST', '/api/walls/reports', report)

export const fetchWeather = (signal?: AbortSignal) => getJson<Weather>('/api/weather', signal)

export const imageAddress = (name: string) => `/api/wall-images/${encodeURIComponent(name)}`
