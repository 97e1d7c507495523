import { useQuery } from '@tanstack/react-query'
import { fetchUpload } from './import-api.ts'

const WHILE_INSPECTING_MS = 400

export const uploadKey = (id: string | null) => ['upload', id] as const

/** The files that were sent and what they are, asked again while the server looks at them. */
export const useUpload = (id: string | null) =>
  useQuery({
    queryKey: uploadKey(id),
    queryFn: ({ signal }) => fetchUpload(id!, signal),
    enabled: id !== null,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.state === 'inspecting' ? WHILE_INSPECTING_MS : false),
  })
