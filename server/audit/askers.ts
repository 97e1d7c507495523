import { hostname, userInfo } from 'node:os'
import type { AuditEntry } from './record.ts'

/** Who did it and from where. */
export type Asker = Pick<AuditEntry, 'actor' | 'address'>

/** A part of the program that does something by itself. */
export function systemAsker(name: string): Asker {
  return { actor: { kind: 'system', id: null, name, role: null }, address: null }
}

/** Who runs a command on this machine, by the name that the machine knows. */
export function commandLineAsker(): Asker {
  return { ...systemAsker(osUser()), address: hostname() }
}

function osUser(): string {
  try {
    return userInfo().username
  } catch {
    // In a container a user may have a number and no name
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
