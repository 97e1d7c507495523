import type { Language } from '../domain/district.ts'

const REFRESH_MS = 200
/** On something that is no terminal (a log): how often a running step is mentioned again. */
const REMINDER_MS = 15_000

/** What a step does: on the terminal in English. A text alone is the same in both languages. */
export type StepName = string | Readonly<Record<Language, string>>

interface Running {
  what: Readonly<Record<Language, string>>
  detail: string
  startedAt: number
  /** null: it is running */
  endedAt: number | null
}

/** A step as a page shows it. */
export interface StepState {
  what: Readonly<Record<Language, string>>
  detail: string
  seconds: number
  done: boolean
}

/** One long step as those who do it see it. */
export interface Step {
  /** how far it is, in a few words */
  detail(text: string): void
  end(): void
}

/**
 * Shows what a start is busy with: what, how far, for how long. Several steps may run at once. A terminal gets
 * one line that keeps moving, a log one line a step.
 */
export class Steps {
  readonly #out: NodeJS.WriteStream
  readonly #running = new Set<Running>()
  readonly #all: Running[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  begin(name: StepName): Step {
    const what = typeof name === 'string' ? { en: name, 'zh-CN': name } : name
    const step: Running = { what, detail: '', startedAt: performance.now(), endedAt: null }
    this.#running.add(step)
    this.#all.push(step)
    if (!this.#out.isTTY) this.#out.write(`${what.en} ...\n`)
    this.#timer ??= setInterval(() => this.#refresh(), this.#out.isTTY ? REFRESH_MS : REMINDER_MS).unref()
    return {
      detail: (text) => {
        step.detail = text
      },
      end: () => {
        if (!this.#running.delete(step)) return
        step.endedAt = performance.now()
        this.line(`${what.en}: done in ${seconds(step)}`)
        if (this.#running.size === 0) this.#stop()
      },
    }
  }

  /** For work that only says what it begins next: each step ends when the next one begins. */
  sequence(): { next(what: StepName): void; through<T>(work: Promise<T>): Promise<T> } {
    let current: Step | undefined
    return {
      next: (what) => {
        current?.end()
        current = this.begin(what)
      },
      // What failed is not done: whoever hears of it abandons the steps
      through: async (work) => {
        const result = await work
        current?.end()
        return result
      },
    }
  }

  /** All steps so far, the first one first. */
  states(): StepState[] {
    return this.#all.map((step) => ({
      what: step.what,
      detail: step.detail,
      seconds: secondsOf(step),
      done: step.endedAt !== null,
    }))
  }

  /** A line that stays, above the moving one. */
  line(text: string): void {
    this.#out.write(this.#out.isTTY ? `\r\x1b[K${text}\n` : `${text}\n`)
  }

  /** Forgets what is running: the start has failed and says so itself. */
  abandon(): void {
    this.#running.clear()
    this.#stop()
  }

  #refresh(): void {
    const busy = [...this.#running].map((step) =>
      [`${step.what.en} ... ${seconds(step)}`, step.detail].filter(Boolean).join(', '),
    )
    if (this.#out.isTTY) this.#out.write(`\r\x1b[K${busy.join('; ').slice(0, this.#out.columns - 1)}`)
    else for (const text of busy) this.#out.write(`${text}\n`)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    if (this.#out.isTTY) this.#out.write('\r\x1b[K')
  }
}

const secondsOf = ({ startedAt, endedAt }: Running) => ((endedAt ?? performance.now()) - startedAt) / 1000
const seconds = (step: Running) => `${secondsOf(step).toFixed(1)} s`
