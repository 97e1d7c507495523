import type { FastifyRequest } from 'fastify'
import type { Action, PUBLIC } from '../../domain/access/action.ts'
import type { ActorRole } from '../../domain/access/role.ts'
import type { CaseScope, Scope } from '../../domain/scope.ts'
import type { Queryable } from '../database/database.ts'

/** Who asks: somebody signed in, or a paired wall. */
export interface Actor {
  kind: 'user' | 'wall'
  id: number
  name: string
  displayName: string
  role: ActorRole
  scope: Scope
  /** a handler sees the cases of this department alone */
  departmentCode: string | null
  mustChangePassword: boolean
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Whose request it is, by what it brought; asked again later: whether that still holds. Null: nobody's. */
    whoAsks(request: FastifyRequest): Promise<Actor | null>
  }
  interface FastifyRequest {
    /** null: nobody that is known here */
    actor: Actor | null
    /** The areas that the asker may see; every statement that reads district data takes it. */
    scope: Scope
    /** The cases that the asker may see; every statement that reads cases takes it. */
    caseScope: CaseScope
    /** For reading: on PostgreSQL it holds nothing but what the asker may see, whatever a statement asks for. */
    db: Queryable
  }
  interface FastifyContextConfig {
    /** what the route does, by the table of rights */
    action?: Action | typeof PUBLIC
  }
}
