import { Weather } from '../../../domain/wall/weather.ts'
import { SchemaCheck } from '../../schema-check.ts'
import { fetchText } from '../fetch-text.ts'

const ASK_EVERY_MS = 600_000
/** After a failure it is tried again earlier, but not by every screen that asks. */
const TRY_AGAIN_MS = 60_000
const LIMITS = { accept: 'application/json', mostBytes: 100_000, withinMs: 5_000 }

export interface WeatherParts {
  url: string
  warn: (details: object, message: string) => void
  /** whether it answered when it was last asked */
  told?: (works: boolean) => void
}

/** The weather of a configured address, asked for seldom however many screens show it. */
export class WeatherSource {
  #known: Weather | null = null
  #askAt = 0
  #asking: Promise<void> | null = null
  #failing = false

  constructor(private readonly parts: WeatherParts) {}

  /** The last that is known, which tells its age by `at`; null: none yet. */
  async now(): Promise<Weather | null> {
    if (Date.now() >= this.#askAt) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = null
      })
      // Whoever has something to show does not wait
      if (!this.#known) await this.#asking
    }
    return this.#known
  }

  async #ask(): Promise<void> {
    try {
      this.#known = readWeather(await fetchText(this.parts.url, LIMITS))
      this.#askAt = Date.now() + ASK_EVERY_MS
      this.#failing = false
      this.parts.told?.(true)
    } catch (error) {
      this.#askAt = Date.now() + TRY_AGAIN_MS
      this.parts.told?.(false)
      if (!this.#failing) this.parts.warn({ err: error }, 'the weather cannot be read; the last one stays')
      this.#failing = true
    }
  }
}

const documented = new SchemaCheck(Weather)

/** @throws Error naming the field that is not as documented */
function readWeather(text: string): Weather {
  const document: unknown = JSON.parse(text)
  if (!documented.accepts(document)) {
    const fault = documented.faultIn(document)
    throw new Error(
      `the document is not as documented: ${fault?.place || 'as a whole it'} ${fault?.message ?? ''}`,
    )
  }
  const { temperatureC, text: words, textEn, icon, at } = document
  return {
    temperatureC,
    text: words,
    ...(textEn !== undefined && { textEn }),
    ...(icon !== undefined && { icon }),
    at: new Date(at).toISOString(),
  }
}
