import Type from 'typebox'

/** What a person may be. Each has a scope of areas; a handler has a department beside it. */
export const ROLES = [
  'administrator',
  'planner',
  'supervisor',
  'dispatcher',
  'grid-worker',
  'department-handler',
  'viewer',
] as const
export const Role = Type.Enum(ROLES)
export type Role = (typeof ROLES)[number]

/** Whoever asks: a person, or a wall, which nobody sits at. */
export const ACTOR_ROLES = [...ROLES, 'wall'] as const
export type ActorRole = (typeof ACTOR_ROLES)[number]
