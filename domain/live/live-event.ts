import Type from 'typebox'
import { LiveCase } from './live-case.ts'

/** First on every stream. */
export const LiveHello = Type.Object({
  /** names this connection in `/api/live/acks` */
  stream: Type.String(),
  /** the release the server runs: a page of another one reloads itself when it may */
  release: Type.String(),
  /** the server's clock, milliseconds since 1970 */
  now: Type.Number(),
})
export type LiveHello = Type.Static<typeof LiveHello>

/** What changed, of what the asker may see. Told once, at the position that is the event's id. */
export const LiveChanges = Type.Object({
  /** cases as they are now */
  cases: Type.Array(LiveCase),
  /** ids of cases that were there and are no longer, or no longer for this asker */
  gone: Type.Array(Type.Integer()),
  /** names of tables that changed: ask again for what comes from them. `incidents`: too many cases to name */
  topics: Type.Array(Type.String()),
})
export type LiveChanges = Type.Static<typeof LiveChanges>

/** From time to time, so that a connection that died is noticed. */
export const LiveBeat = Type.Object({ now: Type.Number() })
export type LiveBeat = Type.Static<typeof LiveBeat>

/**
 * The events of `/api/live` by name. `reload`: the asker is too far behind, or this is another database; what it
 * holds is to be loaded anew, then it goes on from the position of what it loaded.
 */
export interface LiveEvents {
  hello: LiveHello
  changes: LiveChanges
  beat: LiveBeat
  reload: Record<string, never>
}

/** `/api/live/acks`: the asker is still there. */
export const LiveAck = Type.Object(
  { stream: Type.String({ maxLength: 64 }) },
  { additionalProperties: false },
)
export type LiveAck = Type.Static<typeof LiveAck>

/** The server's clock, from which the asker reckons how far its own is off. */
export const LiveAckAnswer = Type.Object({
  /** false: the stream is not open (here); connect anew */
  open: Type.Boolean(),
  /** milliseconds since 1970 */
  now: Type.Number(),
})
export type LiveAckAnswer = Type.Static<typeof LiveAckAnswer>
