import { useQuery } from '@tanstack/react-query'
import { fetchBuilding } from '../api/endpoints.ts'

/** One building with its footprint; null: none is wanted. */
export const useBuilding = (id: number | null) =>
  useQuery({
    queryKey: ['building', id],
    queryFn: ({ signal }) => fetchBuilding(id!, signal),
    enabled: id !== null,
  })
