import type { Language } from '../../domain/district.ts'
import { READY_MADE_WALL_ID, type Wall } from '../../domain/wall/wall.ts'
import type { Actor } from '../access/actor.ts'
import type { Queryable } from '../database/database.ts'
import { notFound } from '../errors.ts'
import { findWall } from './content/queries.ts'
import { wallOfDevice } from './queries.ts'
import { shippedWall } from './ready-made.ts'

/** The version of a wall in force; wall 0 is the one that ships. */
export async function wallById(db: Queryable, id: number, language: Language): Promise<Wall | null> {
  return id === READY_MADE_WALL_ID ? shippedWall(language) : findWall(db, id)
}

/**
 * Which wall somebody may be shown: a person the one asked for, a screen its own alone.
 * @throws RequestError 404 for a screen that asks for another one
 */
export async function shownWallId(db: Queryable, actor: Actor, asked: number | undefined): Promise<number> {
  if (actor.kind !== 'wall') return asked ?? READY_MADE_WALL_ID
  const own = (await wallOfDevice(db, actor.id)) ?? READY_MADE_WALL_ID
  if (asked !== undefined && asked !== own) throw noWall(asked)
  return own
}

export const noWall = (id: number) => notFound('wall with the number', String(id))
