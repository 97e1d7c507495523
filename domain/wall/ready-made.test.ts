import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { LANGUAGES } from '../district.ts'
import { overlaps } from './box.ts'
import { LAYOUT } from './panel.ts'
import { readyMadeWall } from './ready-made.ts'
import { WallContent } from './wall.ts'

describe.each(LANGUAGES)('the ready-made wall in %s', (language) => {
  const wall = readyMadeWall(language)

  it('is a wall as the schema knows it', () => {
    expect([...Value.Errors(WallContent, wall)]).toEqual([])
    expect(wall.scenes).toHaveLength(8)
    expect(wall.alarms).toHaveLength(2)
    expect(new Set(wall.scenes.map(({ id }) => id)).size).toBe(8)
  })

  it('lays out panels that neither overlap nor hide what the map shows, inside the layout', () => {
    for (const { id, map, panels } of wall.scenes) {
      const boxes = [map.box, ...panels.map((panel) => panel.box)]
      for (const [n, one] of boxes.entries()) {
        expect(one.x + one.width, id).toBeLessThanOrEqual(LAYOUT.columns)
        expect(one.y + one.height, id).toBeLessThanOrEqual(LAYOUT.rows)
        for (const other of boxes.slice(n + 1)) expect(overlaps(one, other), id).toBe(false)
      }
      expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length)
    }
  })

  it('shows at most seven figures at once', () => {
    for (const { panels } of wall.scenes)
      expect(panels.filter(({ kind }) => kind === 'figure').length).toBeLessThanOrEqual(7)
  })
})
