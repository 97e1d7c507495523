import type { Language } from '../district.ts'
import type { AlarmRule } from './alarm.ts'
import { type Box, BUSIEST_STREET, type FigureName, type Panel, type WallSpan } from './panel.ts'
import type { Scene, SceneMap } from './scene.ts'
import type { WallContent } from './wall.ts'

/** The wall that ships: eight scenes that go round, and two rules that alarm. */
export function readyMadeWall(language: Language): WallContent {
  const word = WORDS[language]
  return {
    language,
    theme: 'dark',
    scenes: [
      overview(word),
      heat(word),
      deadlines(word),
      replay(word),
      streets(word),
      departments(word),
      categories(word),
      street(word),
    ],
    programmes: [],
    alarms: alarms(word),
    safeArea: { left: 0.01, top: 0.015, right: 0.01, bottom: 0.01 },
    night: { when: { from: '22:00', to: '06:00' }, brightness: 0.7 },
  }
}

const WORDS = {
  'zh-CN': {
    overview: '全区总览',
    heat: '近24小时案件热力',
    deadlines: '时限压力',
    replay: '近24小时回放',
    streets: '街道排名',
    departments: '部门排名与按期率',
    categories: '案件构成',
    street: '重点街道',
    critical: '特急案件',
    burst: '案件聚集',
  },
  en: {
    overview: 'The district at a glance',
    heat: 'Where cases piled up, last 24 hours',
    deadlines: 'Late, and late within hours',
    replay: 'The last 24 hours again',
    streets: 'Streets compared',
    departments: 'Departments and their on-time rate',
    categories: 'What cases are about',
    street: 'The busiest street',
    critical: 'Critical case',
    burst: 'Many cases in one grid',
  },
} as const satisfies Record<Language, Record<string, string>>
type Words = (typeof WORDS)[Language]

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height })

/** Figures one below the other from the top of the layout, each with the span it is of. */
function figureColumn(x: number, width: number, figures: readonly [FigureName, WallSpan][]): Panel[] {
  return figures.map(([figure, span], place) => ({
    kind: 'figure',
    id: figure,
    box: box(x, 3 * place, width, 3),
    figure,
    source: { kind: 'incidents', span },
  }))
}

const DISTRICT = { kind: 'district' } as const
const map = (
  clear: Box,
  layers: SceneMap['layers'],
  more: Partial<Omit<SceneMap, 'box' | 'layers'>> = {},
): SceneMap => ({ box: clear, camera: DISTRICT, layers, by: 'grid', measure: 'count', ...more })

const overview = (word: Words): Scene => ({
  id: 'overview',
  title: word.overview,
  seconds: 30,
  source: { kind: 'incidents', span: '7d' },
  map: map(box(6, 0, 11, 12), ['base', 'grids', 'areas', 'labels']),
  panels: [
    ...figureColumn(0, 6, [
      ['reported', 'today'],
      ['open', 'open'],
      ['overdue', 'open'],
      ['closedOnTimeRate', '30d'],
    ]),
    { kind: 'trend', id: 'trend', box: box(17, 0, 7, 4) },
    { kind: 'ranking', id: 'ranking', box: box(17, 4, 7, 8), by: 'street', measure: 'count', most: 6 },
  ],
})

const heat = (word: Words): Scene => ({
  id: 'heat',
  title: word.heat,
  seconds: 25,
  source: { kind: 'incidents', span: '24h' },
  map: map(box(0, 0, 17, 12), ['base', 'heat', 'areas', 'labels']),
  panels: [
    { kind: 'figure', id: 'reported', box: box(17, 0, 7, 3), figure: 'reported' },
    { kind: 'trend', id: 'trend', box: box(17, 3, 7, 4) },
    { kind: 'ranking', id: 'ranking', box: box(17, 7, 7, 5), by: 'community', measure: 'count', most: 4 },
  ],
})

const deadlines = (word: Words): Scene => ({
  id: 'deadlines',
  title: word.deadlines,
  seconds: 30,
  source: { kind: 'incidents', span: 'open' },
  map: map(box(5, 0, 10, 12), ['base', 'points', 'areas', 'labels'], {
    source: { kind: 'incidents', span: 'open', pressing: true },
  }),
  panels: [
    ...figureColumn(0, 5, [
      ['overdue', 'open'],
      ['dueSoon', 'open'],
      ['urgentOpen', 'open'],
      ['open', 'open'],
    ]),
    { kind: 'list', id: 'list', box: box(15, 0, 9, 7), order: 'deadline', most: 5 },
    { kind: 'ranking', id: 'ranking', box: box(15, 7, 9, 5), by: 'department', measure: 'overdue', most: 4 },
  ],
})

const replay = (word: Words): Scene => ({
  id: 'replay',
  title: word.replay,
  seconds: 48,
  source: { kind: 'incidents', span: '24h' },
  map: map(box(0, 0, 17, 12), ['base', 'heat', 'areas', 'labels']),
  panels: [
    { kind: 'clock', id: 'clock', box: box(17, 0, 7, 3) },
    { kind: 'figure', id: 'reported', box: box(17, 3, 7, 3), figure: 'reported' },
    { kind: 'trend', id: 'trend', box: box(17, 6, 7, 6) },
  ],
  replay: true,
})

const streets = (word: Words): Scene => ({
  id: 'streets',
  title: word.streets,
  seconds: 25,
  source: { kind: 'incidents', span: '30d' },
  map: map(box(7, 0, 10, 12), ['base', 'grids', 'areas', 'labels'], {
    by: 'street',
    measure: 'perHundredHouseholds',
  }),
  panels: [
    { kind: 'ranking', id: 'count', box: box(0, 0, 7, 12), by: 'street', measure: 'count', most: 10 },
    {
      kind: 'ranking',
      id: 'on-time',
      box: box(17, 0, 7, 12),
      by: 'street',
      measure: 'closedOnTimeRate',
      most: 10,
    },
  ],
})

const departments = (word: Words): Scene => ({
  id: 'departments',
  title: word.departments,
  seconds: 25,
  source: { kind: 'incidents', span: '30d' },
  map: map(box(7, 0, 10, 9), ['base', 'grids', 'areas', 'labels'], { by: 'community' }),
  panels: [
    { kind: 'ranking', id: 'count', box: box(0, 0, 7, 12), by: 'department', measure: 'count', most: 9 },
    { kind: 'figure', id: 'closed', box: box(7, 9, 5, 3), figure: 'closed' },
    { kind: 'figure', id: 'rate', box: box(12, 9, 5, 3), figure: 'closedOnTimeRate' },
    {
      kind: 'ranking',
      id: 'on-time',
      box: box(17, 0, 7, 12),
      by: 'department',
      measure: 'closedOnTimeRate',
      most: 9,
    },
  ],
})

const categories = (word: Words): Scene => ({
  id: 'categories',
  title: word.categories,
  seconds: 25,
  source: { kind: 'incidents', span: '7d' },
  map: map(box(8, 0, 8, 12), ['base', 'heat', 'areas', 'labels']),
  panels: [
    { kind: 'ring', id: 'ring', box: box(0, 0, 8, 7), by: 'category' },
    { kind: 'ring', id: 'intake', box: box(0, 7, 8, 5), by: 'intake' },
    { kind: 'ranking', id: 'ranking', box: box(16, 0, 8, 12), by: 'category', measure: 'count', most: 9 },
  ],
})

const street = (word: Words): Scene => ({
  id: 'street',
  title: word.street,
  seconds: 30,
  source: { kind: 'incidents', span: 'open', area: BUSIEST_STREET },
  map: map(box(5, 0, 11, 12), ['base', 'grids', 'buildings', 'points', 'areas', 'labels'], {
    camera: { kind: 'area', area: BUSIEST_STREET },
  }),
  panels: [
    ...figureColumn(0, 5, [
      ['reported', 'today'],
      ['open', 'open'],
      ['overdue', 'open'],
      ['dueSoon', 'open'],
    ]),
    { kind: 'list', id: 'list', box: box(16, 0, 8, 6), order: 'newest', most: 4 },
    { kind: 'ranking', id: 'ranking', box: box(16, 6, 8, 6), by: 'grid', measure: 'open', most: 5 },
  ],
})

const alarms = (word: Words): AlarmRule[] => [
  {
    id: 'critical',
    title: word.critical,
    when: { kind: 'count', count: 1, withinMinutes: 10 },
    level: [1],
    seconds: 20,
    sound: true,
  },
  {
    id: 'burst',
    title: word.burst,
    when: { kind: 'count', count: 6, withinMinutes: 60 },
    seconds: 20,
    sound: false,
  },
]
