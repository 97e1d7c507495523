import { ACTOR_ROLES, type ActorRole, ROLES } from './role.ts'

/**
 * Who may do what: the one table. A route names the action that it is; what it shows is held against the scope of
 * the asker beside that.
 */
export const RIGHTS = {
  /** who one is, leaving, an own password */
  'session.use': ROLES,
  /** who one is, for whatever stands on a screen */
  'session.read': ACTOR_ROLES,
  /** areas, grids, buildings, places, tiles, categories, the search */
  'map.read': ACTOR_ROLES,
  /** cases, their steps, counts and density */
  'incident.read': ACTOR_ROLES,
  'incident.report': ['administrator', 'supervisor', 'dispatcher', 'grid-worker'],
  /** whom to call about a case: seen by the last four digits */
  'contact.read': ['administrator', 'supervisor', 'dispatcher', 'grid-worker', 'department-handler'],
  /** seen whole, with a reason that is written down */
  'contact.unmask': ['administrator', 'supervisor', 'dispatcher'],
  /** files in, their record, taking them back: of the whole district */
  'import.manage': ['administrator'],
  'user.manage': ['administrator'],
  /** making, changing and watching walls, pairing their screens */
  'wall.manage': ['administrator'],
  'wall.read': ['administrator', 'supervisor', 'dispatcher'],
  /** what a wall shows now: of a screen its own wall alone */
  'wall.show': ['administrator', 'supervisor', 'dispatcher', 'wall'],
  'wall.steer': ['administrator', 'supervisor', 'dispatcher'],
  /** what a screen tells of itself */
  'wall.report': ['wall'],
  'alarm.read': ['administrator', 'supervisor', 'dispatcher', 'wall'],
  /** alarms as messages for other systems (CAP), which read them with a token of the configuration too */
  'cap.read': ['administrator', 'supervisor', 'dispatcher'],
  'alarm.acknowledge': ['administrator', 'supervisor', 'dispatcher'],
  'audit.read': ['administrator'],
  /** taken away as a file */
  'audit.export': ['administrator'],
  'metrics.read': ['administrator'],
  /** the description of this API */
  'docs.read': ROLES,
} as const satisfies Record<string, readonly ActorRole[]>

export type Action = keyof typeof RIGHTS
export const ACTIONS = Object.keys(RIGHTS) as Action[]

export function mayDo(role: ActorRole, action: Action): boolean {
  return (RIGHTS[action] as readonly ActorRole[]).includes(role)
}

/** May be asked by anybody, signed in or not: it tells nothing of the district. */
export const PUBLIC = 'public'
