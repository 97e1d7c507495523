import Type from 'typebox'
import { nullable } from '../nullable.ts'

/** What a wall tells of itself, every 15 s. */
export const WallReport = Type.Object(
  {
    scene: nullable(Type.String({ maxLength: 40 })),
    wallVersion: nullable(Type.Integer({ minimum: 0 })),
    release: Type.String({ maxLength: 40 }),
    /** CSS pixels, and device pixels to one of them */
    width: Type.Integer({ minimum: 0, maximum: 100_000 }),
    height: Type.Integer({ minimum: 0, maximum: 100_000 }),
    pixelRatio: Type.Number({ minimum: 0, maximum: 16 }),
    /** frames a second while the map moved last; null: it has not */
    frameRate: nullable(Type.Number({ minimum: 0, maximum: 1000 })),
    /** MB; null: the browser does not tell */
    memoryMb: nullable(Type.Number({ minimum: 0, maximum: 1_000_000 })),
    /** of the oldest thing shown, seconds */
    dataAgeSeconds: nullable(Type.Number({ minimum: 0 })),
    /** of the wall's clock against the server's, milliseconds, before it was corrected */
    clockOffsetMs: nullable(Type.Number()),
    /** within the last day */
    contextLosses: Type.Integer({ minimum: 0 }),
    /** seconds since the page was loaded */
    upSeconds: Type.Number({ minimum: 0 }),
    /** by the server's clock; null: nothing went wrong since the browser was started */
    lastError: nullable(
      Type.Object(
        { at: Type.String({ format: 'date-time' }), text: Type.String({ maxLength: 500 }) },
        { additionalProperties: false },
      ),
    ),
    /** a small JPEG in base64, once a minute */
    thumbnail: Type.Optional(Type.String({ maxLength: 120_000 })),
  },
  { additionalProperties: false },
)
export type WallReport = Type.Static<typeof WallReport>

/** The last report of a paired screen, for administrators. */
export const WatchedWall = Type.Object({
  deviceId: Type.Integer(),
  wallId: nullable(Type.Integer()),
  reportedAt: Type.String({ format: 'date-time' }),
  report: Type.Omit(WallReport, ['thumbnail']),
  hasThumbnail: Type.Boolean(),
})
export type WatchedWall = Type.Static<typeof WatchedWall>
