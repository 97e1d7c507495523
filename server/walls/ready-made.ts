import type { Language } from '../../domain/district.ts'
import { readyMadeWall } from '../../domain/wall/ready-made.ts'
import { READY_MADE_WALL_ID, type Wall } from '../../domain/wall/wall.ts'

const NAMES: Record<Language, string> = { 'zh-CN': '预置场景', en: 'Ready-made scenes' }

/** The wall that ships, in the shape of one that somebody made. */
export function shippedWall(language: Language): Wall {
  return {
    id: READY_MADE_WALL_ID,
    name: NAMES[language],
    version: 0,
    // Nobody has changed it
    changedAt: new Date(0).toISOString(),
    changedBy: '',
    content: readyMadeWall(language),
  }
}
