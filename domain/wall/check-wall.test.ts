import { describe, expect, it } from 'vitest'
import { areasOfWall, checkWall } from './check-wall.ts'
import { readyMadeWall } from './ready-made.ts'
import type { WallContent } from './wall.ts'

const shipped = () => structuredClone(readyMadeWall('en'))
const faultsOf = (change: (wall: WallContent) => void) => {
  const wall = shipped()
  change(wall)
  return checkWall(wall).map(({ field, reason }) => `${field}: ${reason}`)
}

describe('what a wall shows', () => {
  it('is as it ships in order, in both languages, and names no area of a district', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      expect(checkWall(readyMadeWall(language))).toEqual([])
      expect(areasOfWall(readyMadeWall(language))).toEqual([])
    }
  })

  it('lies inside the layout, panels not over each other', () => {
    const clock = { kind: 'clock', box: { x: 0, y: 0, width: 2, height: 2 } } as const
    const faults = faultsOf(({ scenes }) => {
      scenes[0]!.map.box = { x: 20, y: 0, width: 5, height: 1 }
      scenes[0]!.panels = [
        { ...clock, id: 'a' },
        { ...clock, id: 'b', box: { x: 2, y: 0, width: 2, height: 2 } },
        { ...clock, id: 'c', box: { x: 3, y: 1, width: 2, height: 12 } },
      ]
    })
    expect(faults).toEqual([
      'content.scenes.0.map.box: reaches beyond the 24 columns and 12 rows of the layout',
      'content.scenes.0.panels.2.box: reaches beyond the 24 columns and 12 rows of the layout',
      'content.scenes.0.panels.2.box: lies over the panel b',
    ])
  })

  it('has an id of its own for each scene, panel and rule, and names scenes that are there', () => {
    const faults = faultsOf((wall) => {
      wall.scenes[1]!.id = wall.scenes[0]!.id
      wall.scenes[2]!.panels[1]!.id = wall.scenes[2]!.panels[0]!.id
      wall.programmes = [{ when: {}, scenes: [wall.scenes[2]!.id, 'absent'] }]
      wall.alarms = [
        { ...wall.alarms[0]!, scene: 'gone' },
        { ...wall.alarms[0]!, scene: wall.scenes[2]!.id },
      ]
    })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'content.scenes.1.id',
      'content.scenes.2.panels.1.id',
      'content.programmes.0.scenes.1',
      'content.alarms.1.id',
      'content.alarms.0.scene',
    ])
  })

  it('has hours in pairs, and days that are in the calendar and in order', () => {
    const faults = faultsOf((wall) => {
      const scenes = [wall.scenes[0]!.id]
      wall.programmes = [
        { when: { from: '22:00', to: '06:00', firstDay: '2026-05-01', lastDay: '2026-05-01' }, scenes },
        { when: { to: '06:00' }, scenes },
        { when: { from: '06:00', to: '06:00' }, scenes },
        { when: { firstDay: '2026-02-30' }, scenes },
        { when: { firstDay: '2026-05-02', lastDay: '2026-05-01' }, scenes },
      ]
      wall.night = { when: { from: '22:00' }, brightness: 0.5 }
    })
    expect(faults).toEqual([
      'content.programmes.1.when.from: is missing',
      'content.programmes.2.when.to: is the hour it begins at',
      'content.programmes.3.when.firstDay: 2026-02-30 is in no calendar',
      'content.programmes.4.when.lastDay: lies before the first day',
      'content.night.when.to: is missing',
    ])
  })

  it('holds at most seven figures a scene', () => {
    const figures = (count: number) =>
      faultsOf(({ scenes }) => {
        scenes[0]!.panels = Array.from({ length: count }, (_, n) => ({
          id: `f${n}`,
          kind: 'figure' as const,
          figure: 'open' as const,
          box: { x: n, y: 0, width: 1, height: 1 },
        }))
      })
    expect(figures(7)).toEqual([])
    expect(figures(8)).toEqual(['content.scenes.0.panels: hold 8 figures'])
  })

  it('names areas in scenes, maps and panels', () => {
    const wall = shipped()
    const scene = wall.scenes[0]!
    scene.source.area = 'a'
    scene.map.camera = { kind: 'area', area: 'b' }
    scene.map.source = { kind: 'incidents', area: 'c' }
    scene.panels[1] = { ...scene.panels[1]!, source: { kind: 'incidents', area: 'd' } }
    expect(areasOfWall(wall)).toEqual([
      { field: 'content.scenes.0.source.area', code: 'a' },
      { field: 'content.scenes.0.map.camera.area', code: 'b' },
      { field: 'content.scenes.0.map.source.area', code: 'c' },
      { field: 'content.scenes.0.panels.1.source.area', code: 'd' },
    ])
  })
})
