import { ApiError } from '../api/request.ts'

/** What the server says of a new password, by the words of its reason. */
const CAUSES = [
  { words: 'shorter', cause: 'tooShort' },
  { words: 'guessed first', cause: 'guessed' },
  { words: 'the one before', cause: 'before' },
] as const

export type PasswordFault = { field: 'current' | 'next'; cause: (typeof CAUSES)[number]['cause'] | 'other' }

/** What is wrong with which of the two passwords; null: it is not about them. */
export function passwordFault(error: unknown): PasswordFault | null {
  if (!(error instanceof ApiError)) return null
  for (const { field, reason } of error.problem?.faults ?? []) {
    if (field !== 'current' && field !== 'next') continue
    return { field, cause: CAUSES.find(({ words }) => reason.includes(words))?.cause ?? 'other' }
  }
  return null
}
