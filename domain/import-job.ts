import Type from 'typebox'
import { IMPORT_KINDS } from './import-fields.ts'
import { ImportSettings } from './import-options.ts'
import { nullable } from './nullable.ts'
import { CataloguedSentence } from './problem.ts'

const count = Type.Integer({ minimum: 0 })
const time = Type.String({ format: 'date-time' })
const settings = Type.Partial(ImportSettings, { additionalProperties: false })

export const SOURCE_FORMATS = ['geojson', 'csv', 'shapefile', 'geopackage', 'flatgeobuf', 'kml'] as const
export type SourceFormat = (typeof SOURCE_FORMATS)[number]

const position = Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })

/** What files are, as far as can be told by reading them. Positions: longitude, latitude in degrees. */
export const Inspection = Type.Object({
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      format: Type.Enum(SOURCE_FORMATS),
      layer: nullable(Type.String()),
      /** the coordinate system that the file names */
      crs: nullable(Type.String()),
      rows: count,
    }),
  ),
  rows: count,
  unreadableRows: count,
  columns: Type.Array(Type.String()),
  /** of the first rows, cut where long; null: empty */
  firstRows: Type.Array(Type.Array(nullable(Type.String()))),
  /** kinds of shapes that rows have; none: a table without places */
  geometries: Type.Array(Type.String()),
  /** west, south, east, north */
  bbox: nullable(Type.Array(Type.Number(), { minItems: 4, maxItems: 4 })),
  /** some of the places and outlines, spread over the files */
  points: Type.Array(position),
  outlines: Type.Array(Type.Array(position)),
  kind: nullable(Type.Enum(IMPORT_KINDS)),
  /** how files with these columns were imported before, by kind */
  remembered: Type.Record(Type.String(), settings),
  /** what would refuse an import as things stand; each has its option */
  warnings: Type.Array(CataloguedSentence),
})
export type Inspection = Type.Static<typeof Inspection>

/** Files on the server that wait to be imported. */
export const Upload = Type.Object({
  id: Type.String(),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: count })),
  createdAt: time,
  /** `refused`: the files can be no import and are gone again */
  state: Type.Enum(['inspecting', 'inspected', 'refused']),
  rowsSoFar: count,
  inspection: nullable(Inspection),
  refusal: nullable(CataloguedSentence),
})
export type Upload = Type.Static<typeof Upload>

/** What may be sent, so that a screen can say so before it sends. */
export const UploadLimits = Type.Object({ bytes: count, files: count, endings: Type.Array(Type.String()) })
export type UploadLimits = Type.Static<typeof UploadLimits>

/** With what an upload is to be looked at again. */
export const InspectionOrder = Type.Object({ settings }, { additionalProperties: false })

export const ImportOrder = Type.Object(
  {
    uploadId: Type.String({ format: 'uuid' }),
    kind: Type.Enum(IMPORT_KINDS),
    settings,
    dryRun: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type ImportOrder = Type.Static<typeof ImportOrder>

/**
 * `queued` waits for another import; `checked` is a dry run that came to its end; `refused`, `failed` and
 * `cancelled` wrote nothing; `undone` was done and taken back.
 */
export const JOB_STATES = [
  'queued',
  'running',
  'checked',
  'done',
  'refused',
  'failed',
  'cancelled',
  'undone',
] as const
export type JobState = (typeof JOB_STATES)[number]

export const isOver = (state: JobState): boolean => state !== 'queued' && state !== 'running'

export const IMPORT_STEPS = ['read', 'check', 'clean', 'write'] as const
export type ImportStep = (typeof IMPORT_STEPS)[number]

export const ImportJob = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(IMPORT_KINDS),
  fileName: Type.String(),
  state: Type.Enum(JOB_STATES),
  dryRun: Type.Boolean(),
  startedBy: nullable(Type.String()),
  startedAt: time,
  finishedAt: nullable(time),
  /** `rows` counts within the step; null: it does not run, or another server runs it */
  progress: nullable(Type.Object({ step: Type.Enum(IMPORT_STEPS), rows: count, cancelling: Type.Boolean() })),
  rowsRead: count,
  rowsRejected: count,
  inserted: count,
  updated: count,
  unchanged: count,
  settings,
  /** rejected rows by reason */
  rejectedBy: Type.Record(Type.String(), count),
  refusal: nullable(CataloguedSentence),
  /** counted findings that are no rejection */
  summary: Type.Record(Type.String(), Type.Unknown()),
  /** a report of rejected rows can be read */
  hasReport: Type.Boolean(),
  /** gaps and overlaps can be read */
  hasFindings: Type.Boolean(),
  undoable: Type.Boolean(),
  undoneAt: nullable(time),
  undoneBy: nullable(Type.String()),
})
export type ImportJob = Type.Static<typeof ImportJob>

export const ImportJobPage = Type.Object({
  items: Type.Array(ImportJob),
  /** the `cursor` of the next page; null: this is the last */
  next: nullable(Type.String()),
})
export type ImportJobPage = Type.Static<typeof ImportJobPage>

export const ImportListQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  /** also those that only checked */
  dryRuns: Type.Optional(Type.Boolean()),
})

/** A page of the report: rejected rows in the order of the files. */
export const RejectPage = Type.Object({
  items: Type.Array(
    Type.Object({
      file: Type.String(),
      /** counted within its file, from 1 */
      row: Type.Integer(),
      key: Type.String(),
      field: Type.String(),
      /** of domain/import-reasons.ts */
      reason: Type.String(),
    }),
  ),
  next: nullable(Type.String()),
})
export type RejectPage = Type.Static<typeof RejectPage>

export const PageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})

/** Gaps and overlaps: those that were left, and those that cleaning closed. */
export const Findings = Type.Object({
  type: Type.Literal('FeatureCollection'),
  features: Type.Array(
    Type.Object({
      type: Type.Literal('Feature'),
      properties: Type.Object({
        kind: Type.String(),
        /** true: cleaning closed it */
        closed: Type.Boolean(),
        grids: Type.Array(Type.String()),
        areaM2: Type.Number(),
        widthM: nullable(Type.Number()),
      }),
      geometry: Type.Object({ type: Type.Literal('Point'), coordinates: position }),
    }),
  ),
  /** findings that were left out because there are too many; the report lists all */
  leftOut: count,
})
export type Findings = Type.Static<typeof Findings>
