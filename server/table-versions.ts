import type { Change } from '../domain/change.ts'

interface Feed {
  subscribe(listener: { changed(changes: readonly Change[]): void; lost(): void }): () => void
}

/** Counts what the outbox tells of each topic, so that what was made before a change is never taken for current. */
export class TableVersions {
  readonly #counts = new Map<string, number>()
  #losses = 0
  readonly stop: () => void

  constructor(feed: Feed) {
    this.stop = feed.subscribe({
      changed: (changes) => {
        for (const { topic } of changes) this.#counts.set(topic, (this.#counts.get(topic) ?? 0) + 1)
      },
      lost: () => {
        this.#losses++
      },
    })
  }

  of(topic: string): string {
    return `${this.#losses}.${this.#counts.get(topic) ?? 0}`
  }
}
