import type { Database, Queryable } from '../../database/database.ts'
import type { Actor } from '../actor.ts'
import { hashOfToken, newToken } from '../token.ts'
import { deleteSession, findSession, insertSession, type SessionLimits } from './queries.ts'

/** As long may another process not have heard that a session was ended. */
const KNOWN_FOR_MS = 5_000
const MOST_KNOWN = 10_000

/** Who holds which session; asked of the database anew every few seconds, not for each tile. */
export class SessionStore {
  private readonly known = new Map<string, { actor: Actor; until: number }>()

  constructor(
    private readonly db: Database,
    private readonly limits: SessionLimits,
  ) {}

  async find(token: string): Promise<Actor | null> {
    const remembered = this.known.get(token)
    if (remembered && remembered.until > Date.now()) return remembered.actor
    this.known.delete(token)
    const actor = await findSession(this.db, hashOfToken(token), this.limits)
    if (!actor) return null
    if (this.known.size >= MOST_KNOWN) this.known.clear()
    this.known.set(token, { actor, until: Date.now() + KNOWN_FOR_MS })
    return actor
  }

  /** Answers the token of a new session, and who holds it. */
  async begin(
    db: Queryable,
    userId: number,
    address: string,
    agent: string,
  ): Promise<{ token: string; actor: Actor }> {
    const token = newToken()
    const tokenHash = hashOfToken(token)
    await insertSession(db, { tokenHash, userId, address, agent: agent.slice(0, 300) })
    return { token, actor: (await findSession(db, tokenHash, this.limits))! }
  }

  async end(db: Queryable, token: string): Promise<void> {
    await deleteSession(db, hashOfToken(token))
    this.known.delete(token)
  }

  /** What is remembered of a user is asked anew: rights, or that sessions were ended. */
  forget(userId: number): void {
    for (const [token, { actor }] of this.known) if (actor.id === userId) this.known.delete(token)
  }
}
