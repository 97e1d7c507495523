import type { TFunction } from 'i18next'
import { expect, it } from 'vitest'
import type { CaseSource, Panel } from '../../domain/wall/panel.ts'
import { nameOfUntitled, panelTitle } from './panel-title.ts'

const t = ((key: string) => key) as TFunction
const common = { id: 'one', box: { x: 0, y: 0, width: 4, height: 4 } }
const titleOf = (panel: Panel, source: Partial<CaseSource>) =>
  panelTitle(panel, { source: { kind: 'incidents', ...source }, areas: null, isReplay: false }, t)

it('names the span, and that only pressing cases are counted', () => {
  const trend: Panel = { ...common, kind: 'trend' }
  expect(titleOf(trend, {})).toBe('wall.kind.trend · wall.span.24h')
  expect(titleOf(trend, { span: '7d', pressing: true })).toBe(
    'wall.kind.trend · wall.span.7d · wall.pressing',
  )
  // Only open cases are pressing
  expect(titleOf(trend, { span: 'open', pressing: true })).toBe('wall.kind.trend · wall.pressing')
  expect(titleOf({ ...common, kind: 'list', order: 'newest', most: 4 }, { pressing: true })).toBe(
    'wall.list.newest · wall.pressing',
  )
})

it('leaves out what the figure says itself', () => {
  const open: Panel = { ...common, kind: 'figure', figure: 'open' }
  expect(titleOf(open, { span: 'open' })).toBe('wall.figure.open')
  expect(titleOf(open, { span: 'open', pressing: true })).toBe('wall.figure.open · wall.pressing')
  const overdue: Panel = { ...common, kind: 'figure', figure: 'overdue' }
  expect(titleOf(overdue, { span: 'open', pressing: true })).toBe('wall.figure.overdue')
})

it('says of a replay that its numbers are those of what was played', () => {
  const figure: Panel = { ...common, kind: 'figure', figure: 'reported' }
  expect(panelTitle(figure, { source: null, areas: null, isReplay: true }, t)).toBe(
    'wall.figure.reported · wall.replayed',
  )
})

it('says of a ranking by the rate on time that the lowest comes first', () => {
  const panel: Panel = { ...common, kind: 'ranking', by: 'street', measure: 'closedOnTimeRate', most: 4 }
  expect(titleOf(panel, { span: '30d' })).toBe('wall.ranking.street · wall.span.30d · wall.lowestFirst')
})

it('names what is ranked, where the level that was asked for is not seen', () => {
  const panel: Panel = {
    ...common,
    kind: 'ranking',
    by: 'street',
    measure: 'overdue',
    most: 4,
    title: 'Streets',
  }
  const titleSeeing = (areas: Parameters<typeof panelTitle>[1]['areas']) =>
    panelTitle(panel, { source: null, areas, isReplay: false }, t)
  expect(titleSeeing(null)).toBe('Streets')
  expect(titleSeeing([{ code: '330199001', level: 'street', parentCode: null, gridCount: 1 }])).toBe(
    'Streets',
  )
  expect(titleSeeing([{ code: '330199001001', level: 'community', parentCode: null, gridCount: 1 }])).toBe(
    'wall.ranking.community · wall.span.24h',
  )
})

it('leaves words and images without a title, called by what they show', () => {
  const text: Panel = { ...common, kind: 'text', text: 'Welcome' }
  const image: Panel = { ...common, kind: 'image', image: 'crest.of.the.town.png' }
  expect([text, image].map((panel) => titleOf(panel, {}))).toEqual([null, null])
  expect([text, image].map(nameOfUntitled)).toEqual(['Welcome', 'crest.of.the.town'])
  expect(titleOf({ ...text, title: 'Today' }, {})).toBe('Today')
})
