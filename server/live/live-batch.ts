import type { Change } from '../../domain/change.ts'
import type { LiveCase } from '../../domain/live/live-case.ts'
import type { LiveEvents } from '../../domain/live/live-event.ts'
import { isVisible, type Position, parsePosition } from '../../domain/live/position.ts'
import type { CaseScope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'
import { liveCases } from './queries.ts'
import { isNothing, toldTo } from './told-to.ts'

/** More cases are not named one by one. */
const MOST_CASES = 5000

/** An event in the bytes that go over the line. */
export function frame<Name extends keyof LiveEvents>(
  name: Name,
  data: LiveEvents[Name],
  position: string | null,
): Uint8Array {
  const id = position === null ? '' : `id: ${position}\n`
  return Buffer.from(`${id}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Changes that are told at once, and where somebody stands who was told them. */
export class LiveBatch {
  readonly position: string
  readonly #changes: readonly Change[]
  readonly #cases: ReadonlyMap<number, LiveCase>
  /** by scope; written once for all who see the same */
  readonly #frames = new Map<string, Uint8Array | null>()

  private constructor(changes: readonly Change[], cases: ReadonlyMap<number, LiveCase>, position: string) {
    this.#changes = changes
    this.#cases = cases
    this.position = position
  }

  /** Reads the cases that changed, as they are now, for everybody. */
  static async read(db: Queryable, changes: readonly Change[], position: string): Promise<LiveBatch> {
    const ids = new Set(changes.filter(({ topic }) => topic === 'incident').map(({ key }) => Number(key)))
    if (ids.size > MOST_CASES) {
      const others = changes.filter(({ topic }) => topic !== 'incident')
      const many = { ...changes[0]!, topic: 'incidents', key: null, areaCode: '', departmentCode: null }
      return new LiveBatch([...others, many], new Map(), position)
    }
    const cases = await liveCases(db, [...ids])
    return new LiveBatch(changes, new Map(cases.map((one) => [one.id, one])), position)
  }

  /** What is sent to somebody who sees these cases; null: nothing of it concerns them. */
  frameFor(scope: CaseScope): Uint8Array | null {
    const key = JSON.stringify([scope.areas, scope.departmentCode])
    let written = this.#frames.get(key)
    if (written === undefined) {
      const told = toldTo(scope, this.#changes, this.#cases)
      written = isNothing(told) ? null : frame('changes', told, this.position)
      this.#frames.set(key, written)
    }
    return written
  }

  /** The same without what somebody knows who stands at `seen`. */
  without({ snapshot }: Position): LiveBatch {
    const news = this.#changes.filter(({ xid }) => !isVisible(BigInt(xid), snapshot))
    return new LiveBatch(news, this.#cases, this.position)
  }

  get reached(): Position {
    return parsePosition(this.position)!
  }
}
