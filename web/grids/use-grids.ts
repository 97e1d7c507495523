import { fetchGrids } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** The grids in force. */
export const useGrids = () => useRevalidated({ key: ['grids'], ask: fetchGrids })
