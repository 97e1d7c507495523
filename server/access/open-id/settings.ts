import Type from 'typebox'
import { Role } from '../../../domain/access/role.ts'
import { ConfigError, secret, webAddress } from '../../env.ts'
import { SchemaCheck } from '../../schema-check.ts'
import { isLoopback } from '../sessions/loopback.ts'

/** What members of a group of the organisation are here. */
const GroupRole = Type.Object(
  {
    group: Type.String({ minLength: 1 }),
    role: Role,
    /** codes of areas; an administrator needs none: it is everything */
    scope: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 200 })),
    department: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
)
const GroupRoles = Type.Array(GroupRole, { minItems: 1 })

export interface GrantedRole {
  group: string
  role: Role
  scope: string[]
  departmentCode: string | null
}

export interface OpenIdSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** what is asked of the issuer, by the words of OpenID Connect */
  scopes: string
  /** the claim that lists the groups of somebody */
  groupsClaim: string
  /** the first that somebody has a group of counts */
  roles: GrantedRole[]
}

/**
 * Null: OPENID_ISSUER is not set.
 * @throws ConfigError for the first variable that cannot be used
 */
export function readOpenIdSettings(env: NodeJS.ProcessEnv): OpenIdSettings | null {
  const issuer = webAddress(env, 'OPENID_ISSUER')
  if (issuer === null) return null
  const { protocol, hostname } = new URL(issuer)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new ConfigError(`OPENID_ISSUER=${issuer} goes over the network unencrypted: use https.`)
  }
  return {
    issuer,
    clientId: needed('OPENID_CLIENT_ID', env.OPENID_CLIENT_ID || null),
    clientSecret: needed('OPENID_CLIENT_SECRET', secret(env, 'OPENID_CLIENT_SECRET')),
    scopes: env.OPENID_SCOPES || 'openid profile',
    groupsClaim: env.OPENID_GROUPS_CLAIM || 'groups',
    roles: rolesOf(needed('OPENID_ROLES', env.OPENID_ROLES || null)),
  }
}

function needed(name: string, value: string | null): string {
  if (value) return value
  throw new ConfigError(`${name} is not set, while OPENID_ISSUER is: set both, or neither.`)
}

const EXAMPLE = '[{"group":"grid-desk","role":"dispatcher","scope":["110101001"]}]'

function rolesOf(text: string): GrantedRole[] {
  const refuse = (what: string, remedy: string) => new ConfigError(`OPENID_ROLES ${what}: ${remedy}.`)
  let asked: unknown
  try {
    asked = JSON.parse(text)
  } catch {
    throw refuse('is no JSON', `write a list such as ${EXAMPLE}`)
  }
  const check = new SchemaCheck(GroupRoles)
  if (!check.accepts(asked)) {
    const fault = check.faultIn(asked)
    throw refuse(
      `cannot be used ${fault?.place || 'as a whole'} (${fault?.message})`,
      `write a list such as ${EXAMPLE}`,
    )
  }
  return asked.map(({ group, role, scope, department }) => {
    if (role === 'administrator' && scope && scope.join() !== '') {
      throw refuse(`gives the group ${group} a scope`, 'leave scope out, an administrator sees everything')
    }
    if (role !== 'administrator' && !scope) {
      throw refuse(`gives the group ${group} no scope`, 'state codes of areas, or [""] for everything')
    }
    if ((role === 'department-handler') !== (department !== undefined)) {
      throw refuse(
        `does not go together for the group ${group}`,
        'state a department for department-handler, and for no other role',
      )
    }
    return { group, role, scope: scope ?? [''], departmentCode: department ?? null }
  })
}
