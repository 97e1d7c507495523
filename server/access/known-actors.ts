import type { Actor } from './actor.ts'

/** Who was found by which token, for some moments: as long may another process not have heard of an end. */
export class KnownActors {
  private readonly known = new Map<string, { actor: Actor; until: number }>()
  /** counts what was forgotten: who was asked for before that is not remembered after it */
  private forgotten = 0

  constructor(
    private readonly forMs: number,
    private readonly most: number,
  ) {}

  /** What is remembered, else what `ask` answers. */
  async find(token: string, ask: () => Promise<Actor | null>): Promise<Actor | null> {
    const remembered = this.known.get(token)
    if (remembered && remembered.until > Date.now()) return remembered.actor
    this.known.delete(token)
    const { forgotten } = this
    const actor = await ask()
    if (!actor || forgotten !== this.forgotten) return actor
    if (this.known.size >= this.most) this.known.clear()
    this.known.set(token, { actor, until: Date.now() + this.forMs })
    return actor
  }

  forgetToken(token: string): void {
    this.forgotten++
    this.known.delete(token)
  }

  /** All that is remembered of the actor `id`: rights may have changed, or tokens ended. */
  forget(id: number): void {
    this.forgotten++
    for (const [token, { actor }] of this.known) if (actor.id === id) this.known.delete(token)
  }
}
