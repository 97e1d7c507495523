import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveCase } from '../../domain/live/live-case.ts'
import type { LiveChanges } from '../../domain/live/live-event.ts'
import { TestListener } from './test-live-client.ts'

/** An event that led a screen on: to where, and which cases it named. */
export interface Telling {
  position: string
  named: number[]
}

/** For tests: a screen that comes back where it was whenever it is cut off, and holds what it was told. */
export class Screen {
  readonly cases = new Map<number, LiveCase>()
  readonly tellings: Telling[] = []
  reloads = 0
  /** events that named no cases, because there were too many */
  unnamed = 0
  connections = 0
  #position: string | null = null
  #stopped = false
  #listener: TestListener | null = null

  constructor(base: string, cookie: string) {
    void this.#listen(base, cookie)
  }

  /** Where it stands; null: nothing was heard yet. */
  get position(): string | null {
    return this.#position
  }

  stop(): void {
    this.#stopped = true
    this.#listener?.close()
  }

  async #listen(base: string, cookie: string): Promise<void> {
    while (!this.#stopped) {
      this.#listener = new TestListener(base, cookie, this.#position, ({ name, id, data }) => {
        if (name === 'reload') this.reloads += 1
        const named = name === 'changes' ? this.#apply(JSON.parse(data)) : []
        // A beat may stand where the event before it stood
        if (id !== '' && (id !== this.#position || named.length > 0)) {
          this.tellings.push({ position: id, named })
          this.#position = id
        }
      })
      this.connections += 1
      while (!this.#listener.ended && !this.#stopped) await sleep(10)
      await sleep(20)
    }
  }

  /** As web/live/patch-columns.ts does. Answers the ids. */
  #apply({ cases, gone, topics }: LiveChanges): number[] {
    for (const one of cases) this.cases.set(one.id, one)
    for (const id of gone) this.cases.delete(id)
    if (topics.includes('incidents')) this.unnamed += 1
    return [...cases.map(({ id }) => id), ...gone]
  }
}
