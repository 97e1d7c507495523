import { reaches } from '../../domain/live/position.ts'
import type { LiveNews } from './live-feed.ts'

type Changes = Extract<LiveNews, { kind: 'changes' }>

/** What is kept for columns that were asked for before it came, and arrive after it. */
const KEPT_MS = 120_000
const MOST_KEPT = 5000
/** Tables whose change means that columns cannot be patched: too many cases, or what their grids stand for. */
const NOT_PATCHED = new Set(['incidents', 'grids', 'areas'])

/** What was told in the last minutes. */
export class LiveLog {
  #told: { news: Changes; at: number }[] = []
  /** what is loaded must reach it, to be brought up to date from here on; null: nothing was heard yet */
  #begin: string | null = null
  /** what is loaded must reach it, because what changed there was not told case by case; null: nothing */
  #loadedFrom: string | null = null

  add(news: LiveNews, now: number): void {
    if (news.kind === 'reload') {
      this.#told = []
      this.#begin = news.position
      this.#loadedFrom = news.position
      return
    }
    this.#told.push({ news, at: now })
    if (news.changes.topics.some((topic) => NOT_PATCHED.has(topic))) this.#loadedFrom = news.position
    while (this.#told.length > MOST_KEPT || this.#told[0]!.at < now - KEPT_MS) {
      this.#begin = this.#told.shift()!.news.position
    }
  }

  /** What somebody has not heard who stands at `position`, in order. */
  behind(position: string): Changes[] {
    return this.#told.filter(({ news }) => !reaches(position, news.position)).map(({ news }) => news)
  }

  /**
   * Whether columns are current once brought up to date by the log.
   * @param position what they hold now @param loadedPosition what they held when the server sent them
   */
  suffices(position: string, loadedPosition: string): boolean {
    return (
      (this.#begin === null || reaches(position, this.#begin)) &&
      (this.#loadedFrom === null || reaches(loadedPosition, this.#loadedFrom))
    )
  }
}
