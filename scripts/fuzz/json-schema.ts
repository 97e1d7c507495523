/** The part of JSON Schema that the description of the API uses. */
export interface JsonSchema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  patternProperties?: Record<string, JsonSchema>
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  format?: string
  pattern?: string
}

export interface Parameter {
  in: 'path' | 'query' | 'header'
  name: string
  required?: boolean
  schema: JsonSchema
}

interface Content {
  content?: Record<string, { schema?: JsonSchema }>
}

export interface Operation {
  method: string
  /** with `{name}` for each parameter of the path */
  path: string
  /** the right it takes; an action of domain/access or `public` */
  action: string
  parameters: Parameter[]
  requestBody?: Content
  responses: Record<string, Content>
}

/** Every operation of an OpenAPI document. */
export function operationsOf(document: object): Operation[] {
  const { paths } = document as {
    paths: Record<string, Record<string, Partial<Operation> & { 'x-action': string }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { parameters = [], requestBody, responses = {}, 'x-action': action }]) => ({
        method: method.toUpperCase(),
        path,
        action,
        parameters,
        ...(requestBody && { requestBody }),
        responses,
      }),
    ),
  )
}
