import { expect, it } from 'vitest'
import { boxOf } from '../../../domain/bbox.ts'
import { mercatorOf } from '../../../domain/mercator.ts'
import { outlineOf } from './outline.ts'
import { readView, viewText } from './read-view.ts'
import { readSize, textOfSize } from './wall-size.ts'

it('reads a view as the page of the map writes it into its address', () => {
  const view = { kind: 'at', lng: 120.152, lat: 30.25, zoom: 15.5, bearing: -20, pitch: 40 } as const
  expect(readView(`?layers=base&at=${viewText(view)}`)).toEqual(view)
  expect(readView('?at=120.1,30.2,12')).toMatchObject({ bearing: 0, pitch: 0 })
  for (const search of ['', '?at=', '?at=120', '?at=120,x,3']) expect(readView(search)).toBeNull()
})

it('reads the size of a wall, and no size that none has', () => {
  expect(readSize('7680x2160')).toEqual({ width: 7680, height: 2160 })
  expect(textOfSize({ width: 5760, height: 3240 })).toBe('5760x3240')
  for (const text of [null, '', '1920', '10x10', '99999x99999', '-1920x1080'])
    expect(readSize(text)).toBeNull()
})

it('draws areas in Web Mercator', () => {
  expect(mercatorOf(0, 0)).toEqual({ x: 0.5, y: 0.5 })
  expect(mercatorOf(180, 85.051129).y).toBeCloseTo(0, 6)
  const square = {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [0, 0],
          [90, 0],
          [90, 60],
          [0, 0],
        ],
      ],
    ],
  }
  const [west, south, east, north] = boxOf(square.coordinates)
  expect([west, south, east]).toEqual([0, 0, 90])
  expect(north).toBeGreaterThan(0)
  expect(outlineOf(square as never)).toMatch(/^M0\.5\d* 0\.5\d*L0\.75/)
})
