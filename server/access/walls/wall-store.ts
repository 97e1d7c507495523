import type { Database } from '../../database/database.ts'
import type { Actor } from '../actor.ts'
import { hashOfToken } from '../token.ts'
import { findDevice } from './queries.ts'

/** As long may another process not have heard that a wall was revoked. */
const KNOWN_FOR_MS = 10_000
const MOST_KNOWN = 1_000

/** Which wall holds which token; asked of the database anew every few seconds. */
export class WallStore {
  private readonly known = new Map<string, { actor: Actor; until: number }>()

  constructor(private readonly db: Database) {}

  async find(token: string, address: string): Promise<Actor | null> {
    const remembered = this.known.get(token)
    if (remembered && remembered.until > Date.now()) return remembered.actor
    this.known.delete(token)
    const device = await findDevice(this.db, hashOfToken(token), address)
    if (!device) return null
    const { id, name, scope } = device
    const actor: Actor = {
      kind: 'wall',
      id,
      name,
      displayName: name,
      role: 'wall',
      scope,
      departmentCode: null,
      mustChangePassword: false,
    }
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    this.known.set(token, { actor, until: Date.now() + KNOWN_FOR_MS })
    return actor
  }

  forget(deviceId: number): void {
    for (const [token, { actor }] of this.known) if (actor.id === deviceId) this.known.delete(token)
  }
}
