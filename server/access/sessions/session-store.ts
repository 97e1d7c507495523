import type { Database, Queryable } from '../../database/database.ts'
import type { Actor } from '../actor.ts'
import { KnownActors } from '../known-actors.ts'
import { hashOfToken, newToken } from '../token.ts'
import { deleteSession, findSession, insertSession, noteUse, type SessionLimits } from './queries.ts'

/** As long may another process not have heard that a session was ended. */
const KNOWN_FOR_MS = 5_000
const MOST_KNOWN = 10_000

/** Who holds which session; asked of the database anew every few seconds, not for each tile. */
export class SessionStore {
  private readonly known = new KnownActors(KNOWN_FOR_MS, MOST_KNOWN)

  constructor(
    private readonly db: Database,
    private readonly limits: SessionLimits,
  ) {}

  find(token: string): Promise<Actor | null> {
    return this.known.find(token, () => findSession(this.db, hashOfToken(token), this.limits))
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

  /** To be followed by `forgetToken` once the transaction has ended. */
  async end(db: Queryable, token: string): Promise<void> {
    await deleteSession(db, hashOfToken(token))
  }

  forgetToken(token: string): void {
    this.known.forgetToken(token)
  }

  /** Somebody sits there: the idle limit counts from now. */
  async use(token: string): Promise<void> {
    await noteUse(this.db, hashOfToken(token), this.limits)
  }

  /** What is remembered of a user is asked anew: rights, or that sessions were ended. */
  forget(userId: number): void {
    this.known.forget(userId)
  }
}
