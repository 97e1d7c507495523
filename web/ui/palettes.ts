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
