import { fetchDepartments } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** Who handles cases. */
export const useDepartments = () => useRevalidated({ key: ['departments'], ask: fetchDepartments })
