import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyColumns, type IncidentColumns } from '../../domain/columns/incident-columns.ts'
import { STATUSES } from '../../domain/incident.ts'
import { CLUSTER_CELL_PIXELS, clusters } from './clusters.ts'
import { heatData } from './heat.ts'
import { spots } from './spots.ts'

type Place = readonly [lng: number, lat: number]

function columnsAt(places: readonly Place[]): IncidentColumns {
  const columns = emptyColumns(places.length + 3)
  columns.length = places.length
  for (const [row, [lng, lat]] of places.entries()) {
    columns.id[row] = row + 1
    columns.lngE7[row] = Math.round(lng * 1e7)
    columns.latE7[row] = Math.round(lat * 1e7)
  }
  return columns
}

const allRows = ({ length }: IncidentColumns) => Uint32Array.from({ length }, (_, row) => row)

const inCity = fc.tuple(
  fc.double({ min: 139.5, max: 139.9, noNaN: true }),
  fc.double({ min: 35.5, max: 35.9, noNaN: true }),
)
const anywhere = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
)

describe('clusters', () => {
  it('hold every case once, at every zoom', () => {
    fc.assert(
      fc.property(fc.array(anywhere, { maxLength: 200 }), fc.integer({ min: 0, max: 15 }), (places, zoom) => {
        const columns = columnsAt(places)
        const found = clusters(columns, allRows(columns), zoom)
        expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(places.length)
      }),
    )
  })

  it('lie among their cases and leave each other room', () => {
    fc.assert(
      fc.property(
        fc.array(inCity, { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 8, max: 14 }),
        (places, zoom) => {
          const columns = columnsAt(places)
          const found = clusters(columns, allRows(columns), zoom)
          const pixels = (512 * 2 ** zoom) / 360
          for (const [index, { lng, lat }] of found.entries()) {
            expect(lng).toBeGreaterThanOrEqual(Math.min(...places.map((place) => place[0])) - 1e-6)
            expect(lat).toBeLessThanOrEqual(Math.max(...places.map((place) => place[1])) + 1e-6)
            for (const other of found.slice(index + 1)) {
              const dx = (lng - other.lng) * pixels
              const dy = ((lat - other.lat) * pixels) / Math.cos((35.7 * Math.PI) / 180)
              // Joining moves a middle a little, so neighbours may come nearer than half a cell, never much
              expect(Math.hypot(dx, dy)).toBeGreaterThan(CLUSTER_CELL_PIXELS * 0.1)
            }
          }
        },
      ),
    )
  })

  it('stay where they are when cases elsewhere come and go', () => {
    const here: Place[] = [
      [139.7, 35.7],
      [139.7001, 35.7001],
    ]
    const few = columnsAt(here)
    const more = columnsAt([...here, [139.9, 35.7], [139.9, 35.7], [139.91, 35.7]])
    const one = clusters(few, allRows(few), 12)
    expect(clusters(more, allRows(more), 12)).toEqual(expect.arrayContaining(one))
  })

  it('are none without cases', () => {
    expect(clusters(columnsAt([]), new Uint32Array(), 10)).toEqual([])
  })
})

describe('spots', () => {
  const columns = columnsAt([
    [139.7, 35.7],
    [139.8, 35.7],
    [139.7, 35.7],
    [139.75, 35.75],
  ])
  columns.status.set([0, 1, STATUSES.indexOf('handled'), 3])
  columns.dueAt.set([100, 0, 300, 100])
  columns.closedAt.set([0, 0, 0, 90])

  it('gather cases of one very place under the newest and count them', () => {
    const found = spots(columns, allRows(columns), [139, 35, 140, 36], 200)
    expect(found.map(({ row, count }) => [row, count])).toEqual([
      [2, 2],
      [1, 1],
      [3, 1],
    ])
    expect(found[0]).toMatchObject({ status: 'handled', lng: 139.7, lat: 35.7 })
  })

  it('show what is still open before what is closed, the newest first', () => {
    const here = columnsAt([
      [139.7, 35.7],
      [139.7, 35.7],
      [139.7, 35.7],
    ])
    const shown = (...closedAt: number[]) => {
      here.closedAt.set(closedAt)
      return spots(here, allRows(here), [139, 35, 140, 36], 0).map(({ row }) => row)
    }
    expect(shown(0, 0, 9)).toEqual([1])
    expect(shown(0, 9, 9)).toEqual([0])
    expect(shown(9, 9, 9)).toEqual([2])
    expect(shown(0, 0, 0)).toEqual([2])
  })

  it('are overdue when any open case of theirs is past its deadline', () => {
    const found = spots(columns, allRows(columns), [139, 35, 140, 36], 200)
    expect(found.map(({ overdue }) => overdue)).toEqual([true, false, false])
    expect(spots(columns, allRows(columns), [139, 35, 140, 36], 50)[0]!.overdue).toBe(false)
  })

  it('are only those of the rows given and inside the box', () => {
    expect(spots(columns, Uint32Array.of(1, 3), [139.74, 35, 139.76, 36], 0).map(({ row }) => row)).toEqual([
      3,
    ])
  })
})

describe('heat', () => {
  const weightsAt = ({ length, attributes }: ReturnType<typeof heatData>) =>
    new Map(
      Array.from({ length }, (_, place) => {
        const [lng, lat] = attributes.getPosition.value.subarray(2 * place, 2 * place + 2)
        return [`${lng!.toFixed(7)} ${lat!.toFixed(7)}`, attributes.getWeight.value[place]!]
      }),
    )

  it('weighs every place by the rows given that stand there, in degrees', () => {
    fc.assert(
      fc.property(
        fc.array(anywhere, { minLength: 1, maxLength: 50 }),
        fc.infiniteStream(fc.boolean()),
        (places, coin) => {
          const columns = columnsAt(places)
          const rows = allRows(columns).filter(() => coin.next().value)
          const expected = new Map<string, number>()
          for (const row of rows) {
            const place = [columns.lngE7[row]!, columns.latE7[row]!]
              .map((part) => (part / 1e7).toFixed(7))
              .join(' ')
            expected.set(place, (expected.get(place) ?? 0) + 1)
          }
          expect(weightsAt(heatData(columns, rows))).toEqual(expected)
        },
      ),
    )
  })

  it('lets a place weigh no more than sixty of the cases that pass the filters', () => {
    const crowd: Place[] = Array.from({ length: 6000 }, () => [139.7, 35.7])
    const columns = columnsAt([...crowd, [139.8, 35.7], [139.8, 35.7]])
    const weights = (rows: Uint32Array) => [...heatData(columns, rows).attributes.getWeight.value]
    expect(weights(allRows(columns))).toEqual([60, 2])
    // Few that pass weigh what they are, however many that do not stand at the same place
    expect(weights(allRows(columns).slice(0, 40))).toEqual([40])
  })
})
