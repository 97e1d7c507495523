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
/** After so many links that cannot be read the rest of them waits a minute: what was read is taken over first. */
const MOST_FAULTS = 5
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

/** What a document gave: messages, and by its name what of it cannot be read. */
interface Read {
  messages: CapMessage[]
  links: string[]
  faults: Map<string, Error>
}

/** While a server runs: takes over the warnings of a configured source (CAP 1.2) as alarms of all walls. */
export class CapSource {
  readonly #parts: CapSourceParts
  /** Links that were read, of those that the feed still has. */
  #read = new Map<string, Read>()
  /** What cannot be read and was logged, of that which the source still has. */
  #refused = new Set<string>()
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

  /**
   * Asks once. A source that fails is logged once, until it works again, and asked again; of one that has a bad entry
   * the others are taken over.
   */
  async ask(): Promise<void> {
    const { warn, told } = this.#parts
    try {
      const { messages, faults } = await this.#messages()
      // An update or a cancel comes after what it ends
      messages.sort((one, other) => one.sent - other.sent)
      for (const message of messages) await this.#take(message, messages)
      const keys = new Set(messages.map(({ key }) => key))
      this.#done = new Set([...this.#done].filter((key) => keys.has(key)))
      for (const [name, err] of faults) {
        if (!this.#refused.has(name))
          warn({ err, entry: name }, 'an entry of the source of warnings (CAP_SOURCE_URL) is left out')
      }
      this.#refused = new Set(faults.keys())
      told?.(faults.size === 0)
      this.#failing = false
    } catch (error) {
      if (this.#closing.signal.aborted) return
      told?.(false)
      if (!this.#failing)
        warn({ err: error }, 'the source of warnings (CAP_SOURCE_URL) cannot be read; trying again')
      this.#failing = true
    }
  }

  async #messages(): Promise<Read> {
    const { url } = this.#parts
    const { messages, links, faults } = await this.#document(url)
    const hrefs = new Set<string>()
    for (const link of links) {
      const linked = linkedFrom(url, link)
      if (linked === null)
        faults.set(link, new Error(`the feed links to another host: ${link.slice(0, 200)}`))
      else hrefs.add(linked)
    }
    const known = new Map([...this.#read].filter(([href]) => hrefs.has(href)))
    this.#read = known
    const unread = [...hrefs].filter((href) => !known.has(href))
    // What failed before keeps nothing else from its turn
    const before = (href: string) => Number(this.#refused.has(href))
    unread.sort((one, other) => before(one) - before(other))
    let failed = 0
    for (const [turn, href] of unread.entries()) {
      if (turn < MOST_LINKS && failed < MOST_FAULTS) {
        try {
          known.set(href, await this.#document(href))
        } catch (error) {
          if (this.#closing.signal.aborted) throw error
          faults.set(href, error as Error)
          failed += 1
        }
        // It has not come to its turn: as bad as it was
      } else if (this.#refused.has(href)) faults.set(href, new Error('not asked again yet'))
    }
    for (const read of known.values()) {
      messages.push(...read.messages)
      for (const [name, fault] of read.faults) faults.set(name, fault)
    }
    return { messages, links, faults }
  }

  /** @throws Error where there is no answer, or it is no document of this kind */
  async #document(url: string): Promise<Read> {
    const { alerts, links } = readDocument(readXml(await this.#fetch(url)))
    const read: Read = { messages: [], links, faults: new Map() }
    for (const alert of alerts) {
      try {
        const message = readCap(alert, this.#parts.config.language)
        if (message) read.messages.push(message)
      } catch (error) {
        read.faults.set(`${url}: ${(error as Error).message}`, error as Error)
      }
    }
    return read
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

/** Null: it leads to elsewhere, and a feed must not lead to what only this machine reaches. */
function linkedFrom(url: string, link: string): string | null {
  if (!URL.canParse(link, url)) return null
  const linked = new URL(link, url)
  return linked.origin === new URL(url).origin ? linked.href : null
}
