const REFRESH_MS = 200
/** On something that is no terminal (a log): how often a running step is mentioned again. */
const REMINDER_MS = 15_000

interface Running {
  what: string
  detail: string
  startedAt: number
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
  #timer: NodeJS.Timeout | undefined

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  begin(what: string): Step {
    const step: Running = { what, detail: '', startedAt: performance.now() }
    this.#running.add(step)
    if (!this.#out.isTTY) this.#out.write(`${what} ...\n`)
    this.#timer ??= setInterval(() => this.#refresh(), this.#out.isTTY ? REFRESH_MS : REMINDER_MS).unref()
    return {
      detail: (text) => {
        step.detail = text
      },
      end: () => {
        if (!this.#running.delete(step)) return
        this.line(`${what}: done in ${seconds(step)}`)
        if (this.#running.size === 0) this.#stop()
      },
    }
  }

  /** For work that only says what it begins next: each step ends when the next one begins. */
  sequence(): { next(what: string): void; end(): void } {
    let current: Step | undefined
    return {
      next: (what) => {
        current?.end()
        current = this.begin(what)
      },
      end: () => current?.end(),
    }
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
      [`${step.what} ... ${seconds(step)}`, step.detail].filter(Boolean).join(', '),
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

function seconds({ startedAt }: Running): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}
