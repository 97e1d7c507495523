import { fetchCategories } from '../api/endpoints.ts'
import { useRevalidated } from '../api/use-revalidated.ts'

/** Both levels of categories. */
export const useCategories = () => useRevalidated({ key: ['categories'], ask: fetchCategories })
