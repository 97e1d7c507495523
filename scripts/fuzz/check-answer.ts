import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { type Action, mayDo, PUBLIC } from '../../domain/access/action.ts'
import { Problem } from '../../domain/problem.ts'
import type { JsonSchema, Operation } from './json-schema.ts'
import type { FuzzRequest } from './make-request.ts'

/** In place of a status: the connection was closed without an answer. */
export const CUT_OFF = 0

export interface FuzzAnswer {
  status: number
  type: string
  body: Buffer
}

const ajv = new Ajv({ strict: false, allErrors: false })
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

function validatorOf(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, known)
  return known
}

export const fits = (schema: JsonSchema, value: unknown): boolean => validatorOf(schema)(value) === true

/** What is inside of the server, and nobody's business outside. */
const INSIDE = [
  /\bat [^\s"]+ \(?(?:file:|node:|\/)[^\s"]*:\d+/,
  /node_modules/,
  /root:x:0:/,
  /\/(?:tmp|home|root|work|usr|var|opt)\/[\w.-]+/,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^"]{0,200}\b(?:FROM|WHERE|VALUES|SET)\b/,
  /\b(?:relation|column) \\?"\w+\\?"/,
  /syntax error at/,
  /\bpg_\w+|\bst_\w+\(/i,
  /\b(?:TypeError|ReferenceError|RangeError|SqlError|ECONN[A-Z]+|ENOENT|FST_[A-Z_]+)\b/,
]

/** What is wrong with an answer; null: nothing. */
export function faultOf(request: FuzzRequest, answer: FuzzAnswer): string | null {
  const { status, type } = answer
  if (status === CUT_OFF) return request.kind === 'absurd' ? null : 'is not answered'
  if (status >= 500) return `is answered ${status}`
  if (request.kind === 'broken') {
    // Of others it may be refused first what they ask, or of where
    const isHeard = request.who === 'administrator' && isAdministrators(request.operation)
    const right = isHeard ? [400, 413, 414, 415, 431] : null
    if (right ? !right.includes(status) : status < 400) return `breaks the schema and is answered ${status}`
  }
  if (request.method === 'HEAD') return null
  const isText = /json|text|html|xml/.test(type) || type === ''
  if (isText) {
    const leak = leakIn(request, answer.body.toString())
    if (leak) return `is told of the inside: ${leak}`
  }
  if (status >= 400) return faultOfProblem(answer)
  // The pages, and what is in no description
  if (request.kind === 'absurd' || status >= 300) return null
  return faultOfSuccess(request, answer)
}

const isAdministrators = ({ action }: Operation) =>
  action === PUBLIC || mayDo('administrator', action as Action)

function leakIn(request: FuzzRequest, text: string): string | null {
  if (!isNoPage(text)) return null
  const said = [request.path, decoded(request.path), request.body ?? '', ...Object.values(request.headers)]
  for (const pattern of INSIDE) {
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined && !said.some((one) => one.includes(found))) return found
  }
  return null
}

const isNoPage = (text: string) => !text.startsWith('<!')

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function faultOfProblem({ status, type, body }: FuzzAnswer): string | null {
  if (!type.startsWith('application/problem+json')) return `is refused (${status}) as ${type || 'nothing'}`
  const problem = parsed(body)
  if (!fits(Problem as JsonSchema, problem)) return `is refused (${status}) with a problem of another form`
  return (problem as Problem).status === status ? null : `is refused (${status}) with another status inside`
}

function faultOfSuccess({ operation }: FuzzRequest, { status, type, body }: FuzzAnswer): string | null {
  const described = operation.responses[String(status)]
  if (!described) return `is answered ${status}, which the description does not name`
  const contents = Object.entries(described.content ?? {})
  if (contents.length === 0) return body.length === 0 ? null : `is answered ${status} with a body`
  const media = contents.find(([name]) => type.split(';')[0] === name)
  if (!media) return `is answered ${status} as ${type || 'nothing'}`
  const [name, { schema }] = media
  if (name !== 'application/json' || !schema) return null
  const validator = validatorOf(schema)
  if (validator(parsed(body))) return null
  return `is answered ${status} with a body that is not as described: ${ajv.errorsText(validator.errors)}`
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
