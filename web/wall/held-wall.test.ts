import { expect, it } from 'vitest'
import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import type { Wall } from '../../domain/wall/wall.ts'
import { heldWall } from './held-wall.ts'

it('lets no alarm leave a scene that is held, or sound', () => {
  const wall = { id: 1, name: 'hall', version: 1, content: readyMadeWall('en') } as Wall
  expect(wall.content.alarms.length).toBeGreaterThan(0)
  expect(heldWall(wall, 'overview').content.alarms).toEqual([])
  expect(heldWall(wall, 'overview').content.scenes).toBe(wall.content.scenes)
  expect(heldWall(wall, null)).toBe(wall)
})
