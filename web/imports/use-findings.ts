import { useQuery } from '@tanstack/react-query'
import type { ImportJob } from '../../domain/import-job.ts'
import { fetchFindings } from './import-api.ts'

/** Gaps and overlaps that an import of grids found. */
export const useFindings = (job: ImportJob | null) =>
  useQuery({
    queryKey: ['findings', job?.id],
    queryFn: ({ signal }) => fetchFindings(job!.id, signal),
    enabled: job?.hasFindings === true,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
