import type { AreaFeatures } from '../../domain/area.ts'
import type { Building } from '../../domain/building.ts'
import { decodeColumns } from '../../domain/columns/arrow.ts'
import type { Contact } from '../../domain/contact.ts'
import type { District } from '../../domain/district.ts'
import type { GridFeatures } from '../../domain/grid.ts'
import type { Category, Department, Incident, Transition } from '../../domain/incident.ts'
import type { IncidentListQuery, IncidentPage } from '../../domain/incident-filter.ts'
import type { NearPlace, PlaceFeatures } from '../../domain/place.ts'
import type { SearchHit } from '../../domain/search.ts'
import type { Alarm } from '../../domain/wall/alarm.ts'
import type { ToldSteering } from '../../domain/wall/steering.ts'
import { address, getJson, parseJson, revalidate, sendJson, type Versioned } from './request.ts'

export type GridShapes = GridFeatures
export type AreaShapes = AreaFeatures

export type LoadedColumns = ReturnType<typeof decodeColumns>

const isoTime = (seconds: number) => new Date(seconds * 1000).toISOString()

type Known<T> = Versioned<T> | undefined

export const fetchDistrict = (known: Known<District>, signal?: AbortSignal) =>
  revalidate('/api/district', known, parseJson<District>, signal)

/** The grids in force on the server's today. */
export const fetchGrids = (known: Known<GridShapes>, signal?: AbortSignal) =>
  revalidate('/api/grids', known, parseJson<GridShapes>, signal)

export const fetchAreas = (known: Known<AreaShapes>, signal?: AbortSignal) =>
  revalidate('/api/areas', known, parseJson<AreaShapes>, signal)

export const fetchCategories = (known: Known<Category[]>, signal?: AbortSignal) =>
  revalidate('/api/categories', known, parseJson<Category[]>, signal)

export const fetchDepartments = (known: Known<Department[]>, signal?: AbortSignal) =>
  revalidate('/api/departments', known, parseJson<Department[]>, signal)

/** Cases reported from `from` (included) to `to` (excluded), whole seconds since 1970. */
export interface ColumnSpan {
  from: number
  to: number
  /** only those that are not closed */
  open: boolean
}

/** The cases of a span as columns. */
export const fetchColumns = (
  { from, to, open }: ColumnSpan,
  known: Known<LoadedColumns>,
  signal?: AbortSignal,
) =>
  revalidate(
    address('/api/incidents.arrow', { from: isoTime(from), to: isoTime(to), open: open ? 'true' : null }),
    known,
    decodeColumns,
    signal,
  )

export const fetchPlaces = (known: Known<PlaceFeatures>, signal?: AbortSignal) =>
  revalidate('/api/places', known, parseJson<PlaceFeatures>, signal)

/** The nearest place of each type. */
export const fetchNearestPlaces = ({ lng, lat }: { lng: number; lat: number }, signal?: AbortSignal) =>
  getJson<NearPlace[]>(address('/api/places/nearest', { lng, lat, ofEachType: 'true' }), signal)

export const fetchBuilding = (id: number, signal?: AbortSignal) =>
  getJson<Building>(`/api/buildings/${id}`, signal)

/** Every version of a grid, as /api/grids/{code}/history answers it. */
export const fetchGridHistory = (code: string, signal?: AbortSignal) =>
  getJson<GridShapes>(`/api/grids/${encodeURIComponent(code)}/history`, signal)

export const fetchIncidents = (query: IncidentListQuery, signal?: AbortSignal) =>
  getJson<IncidentPage>(address('/api/incidents', query), signal)

export const fetchIncident = (id: number, signal?: AbortSignal) =>
  getJson<Incident>(`/api/incidents/${id}`, signal)

/** Whom to call about a case, whole: who asked and why is written down. */
export const unmaskContact = async (id: number, reason: string) =>
  (await sendJson<Contact>('POST', `/api/incidents/${id}/contact`, { reason }))!

/** The steps of a case, the first one first. */
export const fetchTransitions = (id: number, signal?: AbortSignal) =>
  getJson<Transition[]>(`/api/incidents/${id}/transitions`, signal)

/** @param near lng,lat: what has the same name is put in order of its distance from there */
export const fetchSearchHits = (text: string, near: string | null, signal?: AbortSignal) =>
  getJson<SearchHit[]>(address('/api/search', { q: text, near }), signal)

/** How a wall is steered now. */
export const fetchSteering = (wallId: number, signal?: AbortSignal) =>
  getJson<ToldSteering>(`/api/walls/${wallId}/steering`, signal)

/** Those in force on a wall, or (null) on any, the oldest first. */
export const fetchAlarms = (wallId: number | null, signal?: AbortSignal) =>
  getJson<Alarm[]>(wallId === null ? '/api/alarms' : `/api/walls/${wallId}/alarms`, signal)

// A server that takes longer cannot be told from one that is gone
const READY_LIMIT_MS = 8_000

/** Resolves while the server and its database answer. */
export const fetchReady = (signal?: AbortSignal) => getJson<unknown>('/api/ready', signal, READY_LIMIT_MS)
