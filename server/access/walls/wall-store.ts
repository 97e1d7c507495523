import type { Database } from '../../database/database.ts'
import type { Actor } from '../actor.ts'
import { KnownActors } from '../known-actors.ts'
import { hashOfToken } from '../token.ts'
import { findDevice } from './queries.ts'

/** As long may another process not have heard that a wall was revoked. */
const KNOWN_FOR_MS = 10_000
const MOST_KNOWN = 1_000

/** Which wall holds which token; asked of the database anew every few seconds. */
export class WallStore {
  private readonly known = new KnownActors(KNOWN_FOR_MS, MOST_KNOWN)

  constructor(private readonly db: Database) {}

  find(token: string, address: string): Promise<Actor | null> {
    return this.known.find(token, () => this.ask(token, address))
  }

  forget(deviceId: number): void {
    this.known.forget(deviceId)
  }

  private async ask(token: string, address: string): Promise<Actor | null> {
    const device = await findDevice(this.db, hashOfToken(token), address)
    if (!device) return null
    const { id, name, scope } = device
    return {
      kind: 'wall',
      id,
      name,
      displayName: name,
      role: 'wall',
      scope,
      departmentCode: null,
      mustChangePassword: false,
    }
  }
}
