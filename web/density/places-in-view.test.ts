import { describe, expect, it } from 'vitest'
import { classBreaks, classOf } from '../../domain/density/breaks.ts'
import type { DensityRow, DensityUnit } from '../../domain/density/density.ts'
import type { Position } from '../../domain/geometry.ts'
import { boxesOf, placesInView } from './places-in-view.ts'

const square = (code: string, west: number) => ({
  properties: { code },
  geometry: {
    coordinates: [
      [
        [
          [west, 0],
          [west + 1, 0],
          [west + 1, 1],
          [west, 1],
          [west, 0],
        ] as Position[],
      ],
    ],
  },
})

function density(by: DensityUnit, rows: DensityRow[]) {
  const classes = classBreaks(
    rows.map(({ value }) => value),
    2,
    'quantile',
  )
  return {
    answer: { by, measure: 'count' as const, total: 0, outsideGrids: 0, rows },
    rowByCode: new Map(rows.map((row) => [row.code, row])),
    classByCode: new Map(rows.map(({ code, value }) => [code, classOf(classes, value)])),
    classes,
  }
}

describe('the places in view', () => {
  const boxes = boxesOf({ features: [square('a', 0), square('b', 2), square('c', 4), square('far', 100)] })
  const rows = [
    { code: 'a', count: 0, value: 0 },
    { code: 'b', count: 5, value: 5 },
    { code: 'c', count: 0, value: null },
    { code: 'far', count: 9, value: 9 },
    { code: 'ended', count: 5, value: 5 },
  ]

  it('are counted by class, those elsewhere and those without a shape left out', () => {
    expect(placesInView(density('grid', rows), boxes, [0, 0, 10, 10])).toEqual({
      zeros: 1,
      withoutValue: 1,
      classes: [1, 0],
    })
    expect(placesInView(density('grid', rows), boxes, [2.5, 0.2, 2.6, 0.4])).toEqual({
      zeros: 0,
      withoutValue: 0,
      classes: [1, 0],
    })
  })

  it('are all while nothing is known of the view', () => {
    expect(placesInView(density('grid', rows), boxes, null)).toEqual({
      zeros: 1,
      withoutValue: 1,
      classes: [2, 1],
    })
  })

  it('are hexagons by their middles', () => {
    const hexagons = [
      { code: '0,0', count: 1, value: 1, lng: 1, lat: 1 },
      { code: '9,9', count: 2, value: 2, lng: 50, lat: 1 },
    ]
    expect(placesInView(density('hexagon', hexagons), boxes, [0, 0, 10, 10]).classes).toEqual([1, 0])
  })
})
