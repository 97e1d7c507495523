import type { Language } from '../../../domain/district.ts'
import type { Database } from '../../database/database.ts'
import { fetchText } from '../fetch-text.ts'
import { findConcerned } from './concern.ts'
import { endCapAlarms, insertCapAlarm } from './queries.ts'
import { type CapMessage, readCap, readDocument } from './read-cap.ts'
import { readXml } from './read-xml.ts'

const ASK_EVERY_MS = 60_000
const LIMITS = {
  accept: 'application/atom+xml, application/cap+xml, text/xml',
  mostBytes: 2 ** 21,
  withinMs: 10_000,
}
/** Messages that a feed only links to are fetched so many at a time; the others follow a minute later. */
const MOST_LINKS = 50
/** A message that does not say how long it holds. */
const USUAL_MS = 6 * 3_600_000

export interface CapSourceParts {
  url: string
  db: Database
  config: { language: Language; timeZone: string }
  warn: (details: object, message: string) => void
  /** whether it answered as it should when it was last asked */
  told?: (works: boolean) => void
}

/** While a server runs: takes over the warnings of a configured source (CAP 1.2) as alarms of all walls. */
export class CapSource {
  readonly #parts: CapSourceParts
  /** Links that were read, of those that the feed still has. */
  #read = new Map<string, CapMessage[]>()
  /** Messages that were taken over or need not be, of those that the source still has. */
  #done = new Set<string>()
  #failing = false
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  readonly #closing = new AbortController()

  constructor(parts: CapSourceParts) {
    this.#parts = parts
  }

  start(): void {
    const again = () => {
      this.#running = this.ask()
      this.#running.finally(() => {
        if (!this.#closing.signal.aborted) this.#timer = setTimeout(again, ASK_EVERY_MS).unref()
      })
    }
    again()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  /** Asks once. A source that fails is logged once, until it works again, and asked again. */
  async ask(): Promise<void> {
    const { warn, told } = this.#parts
    try {
      const messages = await this.#messages()
      // An update or a cancel comes after what it ends
      messages.sort((one, other) => one.sent - other.sent)
      for (const message of messages) await this.#take(message, messages)
      const keys = new Set(messages.map(({ key }) => key))
      this.#done = new Set([...this.#done].filter((key) => keys.has(key)))
      told?.(true)
      this.#failing = false
    } catch (error) {
      if (this.#closing.signal.aborted) return
      told?.(false)
      if (!this.#failing)
        warn({ err: error }, 'the source of warnings (CAP_SOURCE_URL) cannot be read; trying again')
      this.#failing = true
    }
  }

  async #messages(): Promise<CapMessage[]> {
    const { url, config } = this.#parts
    const messagesOf = (text: string) => {
      const { alerts, links } = readDocument(readXml(text))
      return { messages: alerts.flatMap((alert) => readCap(alert, config.language) ?? []), links }
    }
    const { messages, links } = messagesOf(await this.#fetch(url))
    const hrefs = [...new Set(links.map((link) => this.#linked(link)))]
    const known = new Map(
      hrefs.flatMap((href) => (this.#read.has(href) ? [[href, this.#read.get(href)!]] : [])),
    )
    this.#read = known
    for (const href of hrefs.filter((one) => !known.has(one)).slice(0, MOST_LINKS)) {
      known.set(href, messagesOf(await this.#fetch(href)).messages)
    }
    return [...messages, ...[...known.values()].flat()]
  }

  /** @throws Error for a link to elsewhere: a feed must not lead to what only this machine reaches */
  #linked(link: string): string {
    const { url } = this.#parts
    if (URL.canParse(link, url)) {
      const linked = new URL(link, url)
      if (linked.origin === new URL(url).origin) return linked.href
    }
    throw new Error(`the feed links to another host: ${link.slice(0, 200)}`)
  }

  #fetch(url: string): Promise<string> {
    return fetchText(url, { ...LIMITS, signal: this.#closing.signal })
  }

  async #take(message: CapMessage, all: readonly CapMessage[]): Promise<void> {
    const { key, sent, info, references } = message
    if (this.#done.has(key)) return
    const { db, config } = this.#parts
    const isEnded = all.some((other) => other.references.includes(key))
    const expires = info && (info.expires ?? sent + USUAL_MS)
    const place =
      info && expires! > Date.now() && !isEnded ? await findConcerned(db, info.area, config.timeZone) : null
    await db.transaction(async (tx) => {
      if (message.kind !== 'Alert' && references.length > 0) await endCapAlarms(tx, references)
      if (!info || !place) return
      const { language, title, text, level } = info
      const named = { ...place, name: place.name || info.area.name }
      await insertCapAlarm(tx, {
        message: key,
        language,
        expires: expires!,
        title,
        text,
        level,
        place: named,
      })
    })
    this.#done.add(key)
  }
}
