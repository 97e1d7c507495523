import { fetchDistrict } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** What this deployment is and holds. */
export const useDistrict = (enabled = true) =>
  useRevalidated({ key: ['district'], ask: fetchDistrict, enabled })
