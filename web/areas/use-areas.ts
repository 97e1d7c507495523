import { fetchAreas } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** Areas of all levels. */
export const useAreas = (enabled = true) => useRevalidated({ key: ['areas'], ask: fetchAreas, enabled })
