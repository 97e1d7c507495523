import type { Wall } from '../../domain/wall/wall.ts'

/** A wall as its preview shows it: where a scene is held, no rule of its alarms brings another one, or sounds at the desk. */
export function heldWall(wall: Wall, held: string | null): Wall {
  return held === null ? wall : { ...wall, content: { ...wall.content, alarms: [] } }
}
