import { useQuery } from '@tanstack/react-query'
import { fetchAlarms, fetchSteering } from '../api/endpoints.ts'
import {
  fetchDevices,
  fetchImages,
  fetchReports,
  fetchVersion,
  fetchVersions,
  fetchWall,
  fetchWalls,
} from './walls-api.ts'

const REFRESH_MS = 10_000
/** What somebody steers from here, and what calls for somebody, where the live stream does not tell at once. */
const SOON_MS = 5_000

/** The first word is the table whose changes the live stream tells. */
export const WALLS_KEY = ['walls'] as const
export const DEVICES_KEY = ['wall_devices'] as const
export const LIST_KEY = [...WALLS_KEY, 'list'] as const
export const ALARMS_KEY = ['alarms', 'at desks'] as const
export const wallKey = (id: number) => [...WALLS_KEY, 'one', id] as const
export const steeringKey = (id: number) => ['wall_steering', id] as const
export const versionsKey = (id: number) => [...WALLS_KEY, 'versions', id] as const

/** What the walls are called and who changed them last. */
export const useWalls = () =>
  useQuery({
    queryKey: LIST_KEY,
    queryFn: ({ signal }) => fetchWalls(signal),
    refetchInterval: REFRESH_MS,
  })

/** The paired screens. */
export const useWallDevices = () =>
  useQuery({
    queryKey: DEVICES_KEY,
    queryFn: ({ signal }) => fetchDevices(signal),
    refetchInterval: REFRESH_MS,
  })

/** Names of the images that panels can show. */
export const useImages = () =>
  useQuery({
    queryKey: ['wall-images'],
    queryFn: ({ signal }) => fetchImages(signal),
    refetchInterval: REFRESH_MS,
  })

export const useReports = () =>
  useQuery({
    queryKey: [...WALLS_KEY, 'reports'],
    queryFn: ({ signal }) => fetchReports(signal),
    refetchInterval: REFRESH_MS,
  })

/** As it stands; whoever edits it is not disturbed by what others save meanwhile. */
export const useWall = (id: number, { live, enabled = true }: { live: boolean; enabled?: boolean }) =>
  useQuery({
    queryKey: wallKey(id),
    queryFn: ({ signal }) => fetchWall(id, signal),
    enabled,
    refetchInterval: live && REFRESH_MS,
    refetchOnWindowFocus: live,
    refetchOnReconnect: live,
  })

export const useVersions = (id: number) =>
  useQuery({ queryKey: versionsKey(id), queryFn: ({ signal }) => fetchVersions(id, signal) })

export const useVersion = (id: number, version: number | null) =>
  useQuery({
    queryKey: [...versionsKey(id), version],
    queryFn: ({ signal }) => fetchVersion(id, version!, signal),
    enabled: version !== null,
    // What a version was it stays
    staleTime: Number.POSITIVE_INFINITY,
  })

export const useSteering = (id: number) =>
  useQuery({
    queryKey: steeringKey(id),
    queryFn: ({ signal }) => fetchSteering(id, signal),
    refetchInterval: SOON_MS,
  })

/** Alarms in force on a wall, or (null) on any, the oldest first. */
export const useAlarms = (wallId: number | null) =>
  useQuery({
    queryKey: [...ALARMS_KEY, wallId],
    queryFn: ({ signal }) => fetchAlarms(wallId, signal),
    refetchInterval: SOON_MS,
  })
