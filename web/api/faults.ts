import { ApiError } from './request.ts'

/** The fields that the server finds wrong, whole: `scope.3`. */
export const faultFields = (error: unknown): string[] =>
  error instanceof ApiError ? (error.problem?.faults ?? []).map(({ field }) => field) : []

/** The fields that the server finds wrong: `scope.3` is of `scope`. */
export const faultyFields = (error: unknown): string[] =>
  faultFields(error).map((field) => field.split('.')[0]!)
