import type { Status } from '../../domain/incident.ts'
import { alongRamp } from './colour.ts'

export const THEMES = ['dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

/**
 * From few to many, for case density. Lightness runs one way, towards what stands out on the theme's ground,
 * so the order survives every kind of colour blindness and a grey print.
 */
const SEQUENTIAL: Record<Theme, readonly string[]> = {
  dark: ['#15355a', '#184d7b', '#1a6a98', '#2a88a8', '#4fa6ad', '#84c4b4', '#c6e6c8'],
  light: ['#cae8b9', '#9bd3b8', '#6abbba', '#3b9bb5', '#267aa5', '#1f5587', '#163160'],
}

/**
 * From less to more around a middle that says nothing: cool, the theme's ground, warm. Cool and warm are told
 * apart by blue, which every kind of sight keeps or trades for lightness.
 */
const DIVERGING: Record<Theme, readonly string[]> = {
  dark: ['#62b0f2', '#4480b8', '#345678', '#2b3341', '#6e4c33', '#b36c38', '#f5944a'],
  light: ['#1a5796', '#6195c6', '#b3cde3', '#f1f1ee', '#eec8a4', '#da8f55', '#b5500d'],
}

/** `count` (at least 2) colours from less to more; an odd one has a middle. */
export function diverging(theme: Theme, count: number): string[] {
  return Array.from({ length: count }, (_, index) => alongRamp(DIVERGING[theme], index / (count - 1)))
}

/** Cases in time: those still open stand out, those closed since are the quieter other side. */
export function trendColours(theme: Theme): { open: string; closed: string } {
  const colours = diverging(theme, 7)
  return { open: colours[6]!, closed: colours[1]! }
}

/** `count` (at least 1) colours from few to many. */
export function sequential(theme: Theme, count: number): string[] {
  const stops = SEQUENTIAL[theme]
  return Array.from({ length: count }, (_, index) =>
    alongRamp(stops, count === 1 ? 0.6 : index / (count - 1)),
  )
}

/** Of a place whose measure cannot be told: the base map shows through, as no number of cases looks. */
export const WITHOUT_VALUE = '#00000000'

/** From sparse to dense, for the heatmap: warm, so that it stands out from the cool choropleth below it. */
export const HEAT: Record<Theme, readonly string[]> = {
  dark: ['#4a1470', '#8a226a', '#c43f57', '#ee6f38', '#faae44', '#fdf0a8'],
  light: ['#fbe3a2', '#fbc068', '#f28c47', '#d9572f', '#a92e38', '#651737'],
}

/** Open steps are warm (nobody at work yet) and blue (at work); what left the loop is quiet. */
export const STATUS_COLOURS: Record<Theme, Record<Status, string>> = {
  dark: {
    reported: '#ffd24a',
    filed: '#f5944a',
    dispatched: '#58a6ff',
    handled: '#7fd3f7',
    verified: '#3fbf8f',
    closed: '#93a6bd',
    suspended: '#c79bf0',
    void: '#76869c',
  },
  light: {
    reported: '#9a6b00',
    filed: '#b8470f',
    dispatched: '#1763c6',
    handled: '#0b7fa8',
    verified: '#157a55',
    closed: '#5b6b80',
    suspended: '#7a44b0',
    void: '#6d7785',
  },
}

/** Each status has its own shape, so that colour is not the only difference. */
export const STATUS_SHAPES = {
  reported: 'triangle',
  filed: 'diamond',
  dispatched: 'disc',
  handled: 'halfDisc',
  verified: 'square',
  closed: 'ring',
  suspended: 'bars',
  void: 'cross',
} as const satisfies Record<Status, string>
export type StatusShape = (typeof STATUS_SHAPES)[Status]

/** The rim of a case past its deadline. */
export const OVERDUE: Record<Theme, string> = { dark: '#ff5d5d', light: '#c8102e' }

/** What charts are drawn with on a theme's panels, apart from the data. */
export const CHART_INK: Record<Theme, { text: string; line: string; ground: string }> = {
  dark: { text: '#a9b9cf', line: '#26344c', ground: '#0b1424' },
  light: { text: '#42526e', line: '#d5dbe4', ground: '#ffffff' },
}
