import { ApiError } from './request.ts'

/** The fields that the server finds wrong: `scope.3` is of `scope`. */
export function faultyFields(error: unknown): string[] {
  if (!(error instanceof ApiError)) return []
  return (error.problem?.faults ?? []).map(({ field }) => field.split('.')[0]!)
}
