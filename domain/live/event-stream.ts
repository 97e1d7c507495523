/** One event of a stream of server-sent events. */
export interface StreamEvent {
  name: string
  /** the last id that the stream gave; '': none yet */
  id: string
  data: string
}

/**
 * Takes server-sent events apart as their text comes in, cut anywhere.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class EventStreamReader {
  #rest = ''
  #id = ''
  #name = ''
  #data: string[] = []

  /** The events that are whole now. */
  read(text: string): StreamEvent[] {
    // A line may end in \r\n, whose halves may come apart: a \r at the end waits for what follows
    const all = this.#rest + text
    const lines = all.split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop()!
    return lines.flatMap((line) => this.#readLine(line) ?? [])
  }

  #readLine(line: string): StreamEvent | null {
    if (line === '') return this.#end()
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.#name = value
    else if (field === 'data') this.#data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.#id = value
    return null
  }

  #end(): StreamEvent | null {
    const event = { name: this.#name || 'message', id: this.#id, data: this.#data.join('\n') }
    const isEmpty = this.#data.length === 0
    this.#name = ''
    this.#data = []
    return isEmpty ? null : event
  }
}
