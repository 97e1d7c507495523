import { useQuery } from '@tanstack/react-query'
import { fetchNearestPlaces, fetchPlaces } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** Every place of the district. */
export const usePlaces = (enabled: boolean) => useRevalidated({ key: ['places'], ask: fetchPlaces, enabled })

/** The nearest place of each type to a point, the nearest first. */
export function useNearestPlaces(spot: { lng: number; lat: number } | null) {
  return useQuery({
    queryKey: ['nearest places', spot?.lng, spot?.lat],
    queryFn: ({ signal }) => fetchNearestPlaces(spot!, signal),
    enabled: spot !== null,
  })
}
