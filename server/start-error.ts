import { ConfigError } from './env.ts'

/** Why the server cannot run as things stand. `message` is one line: what is wrong, then the remedy. */
export class StartError extends Error {}

/** What to print for an error that ended a program: one line where a remedy is known, else all there is. */
export function explainEnd(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigError) return error.message
  const { code } = error as { code?: string }
  if (code === 'ENOSPC' || code === '53100') {
    return 'The disk is full: free some space, then start again.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
