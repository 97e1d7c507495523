import Type from 'typebox'
import { Level, Status } from '../incident.ts'

/** A picture is laid out on so many columns and rows of its safe area. */
export const LAYOUT = { columns: 24, rows: 12 } as const

const column = Type.Integer({ minimum: 0, maximum: LAYOUT.columns - 1 })
const row = Type.Integer({ minimum: 0, maximum: LAYOUT.rows - 1 })

/** Where something stands in the layout, in its columns and rows. */
export const Box = Type.Object(
  {
    x: column,
    y: row,
    width: Type.Integer({ minimum: 1, maximum: LAYOUT.columns }),
    height: Type.Integer({ minimum: 1, maximum: LAYOUT.rows }),
  },
  { additionalProperties: false },
)
export type Box = Type.Static<typeof Box>

/** A span that ends now. `today` begins at midnight of the district. */
export const WALL_SPANS = ['today', '24h', '7d', '30d', 'open'] as const
export const WallSpan = Type.Enum(WALL_SPANS)
export type WallSpan = (typeof WALL_SPANS)[number]

/** In place of an area's code: the street with the most open cases when the scene begins. */
export const BUSIEST_STREET = 'busiest-street'

/** What is due within so many hours is due soon. */
export const SOON_HOURS = 4

/** How many categories or departments can be chosen. */
export const MOST_CODES = 50

const codes = Type.Array(Type.String({ maxLength: 200 }), { maxItems: MOST_CODES })

/**
 * Which cases a scene or a panel tells of. What a panel leaves out is that of its scene.
 * Another `kind` is data that did not come from cases: an indicator, a change of boundaries.
 */
export const CaseSource = Type.Object(
  {
    kind: Type.Literal('incidents'),
    span: Type.Optional(WallSpan),
    category: Type.Optional(codes),
    level: Type.Optional(Type.Array(Level, { maxItems: 4 })),
    status: Type.Optional(Type.Array(Status, { maxItems: 8 })),
    department: Type.Optional(codes),
    /** code of an area, or BUSIEST_STREET */
    area: Type.Optional(Type.String({ maxLength: 64 })),
    /** only those that are past their deadline, or will be within SOON_HOURS */
    pressing: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)
export type CaseSource = Type.Static<typeof CaseSource>
const IndicatorSource = Type.Object(
  { kind: Type.Literal('indicator'), indicator: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)
const BoundarySource = Type.Object(
  { kind: Type.Literal('boundaries'), plan: Type.String({ maxLength: 200 }) },
  { additionalProperties: false },
)
export const Source = Type.Union([CaseSource, IndicatorSource, BoundarySource])
export type Source = Type.Static<typeof Source>

/** What a figure can count. Rates are shares of 0 to 1. */
export const FIGURES = [
  'reported',
  'open',
  'overdue',
  'dueSoon',
  'closed',
  'closedOnTimeRate',
  'urgentOpen',
] as const
export type FigureName = (typeof FIGURES)[number]

/** What a ranking is of. */
export const RANKING_BY = ['grid', 'community', 'street', 'department', 'category'] as const
export type RankingBy = (typeof RANKING_BY)[number]
export const RANKING_MEASURES = ['count', 'open', 'overdue', 'closedOnTimeRate'] as const

/** What a ring is made of. */
export const RING_BY = ['category', 'status', 'level', 'intake'] as const
export const LIST_ORDERS = ['newest', 'deadline'] as const

/** Letters at most: of the title of a panel, a scene or a rule, and of the words of a panel. */
export const TITLE_LETTERS = 60
export const TEXT_LETTERS = 400

/** How many lines a ranking or a list can have. */
export const LINES = { least: 3, most: 15 } as const

/** Of a file in the server's folder of images; none of them is hidden. */
export const IMAGE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/

const common = {
  id: Type.String({ minLength: 1, maxLength: 40 }),
  box: Box,
  /** shown above it; absent: what the panel is */
  title: Type.Optional(Type.String({ maxLength: TITLE_LETTERS })),
  source: Type.Optional(Source),
}
const most = Type.Integer({ minimum: LINES.least, maximum: LINES.most })
const panel = <const Kind extends string, Own extends Record<string, Type.TSchema>>(kind: Kind, own: Own) =>
  Type.Object({ ...common, kind: Type.Literal(kind), ...own }, { additionalProperties: false })

/** What stands beside the map. */
export const Panel = Type.Union([
  /** one number, large */
  panel('figure', { figure: Type.Enum(FIGURES) }),
  /** cases over time */
  panel('trend', {}),
  /** places, departments or categories, the first ones first */
  panel('ranking', {
    by: Type.Enum(RANKING_BY),
    measure: Type.Enum(RANKING_MEASURES),
    most,
  }),
  /** shares of a whole */
  panel('ring', { by: Type.Enum(RING_BY) }),
  /** single cases: the newest, or those whose deadline is nearest */
  panel('list', {
    order: Type.Enum(LIST_ORDERS),
    most,
  }),
  panel('text', { text: Type.String({ maxLength: TEXT_LETTERS }) }),
  panel('clock', {}),
  /** by the address that the deployment configures */
  panel('weather', {}),
  /** an image that the server holds, by its name in `DATA_DIR/wall-images` */
  panel('image', { image: Type.String({ pattern: IMAGE_NAME.source }) }),
])
export type Panel = Type.Static<typeof Panel>
export const PANEL_KINDS = [
  'figure',
  'trend',
  'ranking',
  'ring',
  'list',
  'text',
  'clock',
  'weather',
  'image',
] as const satisfies readonly Panel['kind'][]
export type PanelOf<Kind extends Panel['kind']> = Extract<Panel, { kind: Kind }>

/** Which panels show what their source, or their scene's, names. */
export const TELLS_OF_SOURCE: Record<Panel['kind'], boolean> = {
  figure: true,
  trend: true,
  ranking: true,
  ring: true,
  list: true,
  text: false,
  clock: false,
  weather: false,
  image: false,
}
