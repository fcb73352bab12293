import type * as z from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi'

import { problem } from '../../contract/problem.ts'
import * as v1 from '../../contract/v1.ts'
import * as v2 from '../../contract/v2.ts'
import type { StatusVersion } from '../../contract/versions.ts'
import { TITLES } from '../exchange/problem.ts'
import type { HttpView } from '../guard/access.ts'
import { pathParams } from '../routes/params.ts'
import type { Route } from '../routes/route.ts'

import { inputRoutes, type TakingJob } from './input-routes.ts'

export interface OpenApiInput {
  readonly view: HttpView
  /** Default `v1`. */
  readonly version?: StatusVersion
  readonly routes: readonly Route[]
  /** Whether every operation says that it is deprecated (default false). */
  readonly isDeprecated?: boolean
  /** The jobs whose input the document describes (default none). */
  readonly takingJobs?: readonly TakingJob[]
}

export type OpenApiDocument = ReturnType<typeof createDocument>

/**
 * The routes of one router as an OpenAPI 3.1 document. Paths are relative to the mount point, where the document is.
 */
export function toOpenApi({
  view,
  version = 'v1',
  routes: own,
  isDeprecated = false,
  takingJobs = [],
}: OpenApiInput): OpenApiDocument {
  const routes = [...own, ...inputRoutes(own, takingJobs)]
  const byPath = Map.groupBy(routes, ({ path }) => path.replace(/:(\w+)/g, '{$1}'))
  const isOpen = view === 'health'
  const named: Record<string, z.ZodType> = Object.assign({}, ...routes.map((route) => route.named))
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: { title: DESCRIPTIONS[view], version: VERSIONS[version], license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '.' }],
      ...(!isOpen && { security: [{ host: [] }] }),
      paths: Object.fromEntries(
        [...byPath].map(([path, at]) => [
          path,
          Object.fromEntries(
            at.map((route) => [
              route.method.toLowerCase(),
              { ...toOperation(route, view), ...(isDeprecated && { deprecated: true }) },
            ]),
          ),
        ]),
      ),
      components: { schemas: { ...SCHEMAS, ...named }, ...(!isOpen && { securitySchemes: { host: HOST_SECURITY } }) },
    },
    { override: adjust, outputIdSuffix: '' },
  )
  return withoutUnused(document)
}

const VERSIONS = { v1: '1.0.0', v2: '2.0.0' } as const

const DESCRIPTIONS: Readonly<Record<HttpView, string>> = {
  admin: 'Scheduler: operations',
  'market-data': 'Scheduler: market data',
  health: 'Scheduler: probes',
}

const HOST_SECURITY = {
  type: 'http',
  scheme: 'bearer',
  description: 'Who may do what is decided by the host; how its requests are authenticated is its own choice.',
} as const

/** The schemas by their exported names. A schema that is used in several places is written once. */
const SCHEMAS = Object.fromEntries(
  Object.entries({ ...v1, ...v2 })
    .filter(([name]) => !/(?:Body|Query)$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
) as Record<string, z.ZodType>

function toOperation(route: Route, view: HttpView): ZodOpenApiOperationObject {
  const params = pathParams(route.path)
  const headers = route.access === 'control' ? commandHeaders(route) : conditionalHeaders(route)
  return {
    operationId: camelCase(`${view}-${route.id}`),
    summary: sentence(route.action),
    tags: [route.access],
    parameters: headers,
    requestParams: { ...(params && { path: params }), ...(route.query && { query: route.query as z.ZodObject }) },
    ...(route.body && { requestBody: { content: { 'application/json': { schema: route.body } } } }),
    responses: { ...successes(route), ...problems(route, view) },
    ...(view === 'health' && { security: [] }),
  }
}

function successes({ responses, mediaType }: Route): ZodOpenApiResponsesObject {
  const type = mediaType ?? 'application/json'
  return Object.fromEntries(
    Object.entries(responses).map(([status, schema]) => [
      status,
      { description: TITLES[Number(status)] ?? 'OK', ...(schema && { content: { [type]: { schema } } }) },
    ]),
  )
}

/** The other answers of a route, which follow from its properties. */
function problems(route: Route, view: HttpView): ZodOpenApiResponsesObject {
  const statuses = [
    400,
    ...(view === 'health' ? [] : [401, 403, 503]),
    ...(route.path.includes(':') ? [404] : []),
    405,
    ...(route.access === 'control' ? [409] : []),
    ...(route.access === 'control' || route.isBudgeted ? [422, 429] : []),
    ...(route.method === 'PATCH' ? [412] : []),
    ...(route.body ? [413, 415] : []),
    500,
  ]
  const content = { 'application/problem+json': { schema: problem } }
  const own = new Set(Object.keys(route.responses).map(Number))
  return Object.fromEntries(
    statuses
      .filter((status) => !own.has(status))
      .sort((a, b) => a - b)
      .map((status) => [String(status), { description: TITLES[status] ?? 'Error', content }]),
  )
}

type Parameters = NonNullable<ZodOpenApiOperationObject['parameters']>

function commandHeaders({ method }: Route): Parameters {
  const key = 'Of all commands with the same key within a day, one has its effect and all get its answer.'
  const match = 'The ETag of the configuration that the change is based on; 412 when it has moved on.'
  return [
    { in: 'header', name: 'Idempotency-Key', description: key, schema: { type: 'string', maxLength: 257 } },
    ...(method === 'PATCH'
      ? ([{ in: 'header', name: 'If-Match', description: match, schema: { type: 'string' } }] as const)
      : []),
  ]
}

function conditionalHeaders({ responses }: Route): Parameters {
  if (!(304 in responses)) return []
  const description = 'The ETag that the reader has; 304 when it is the present one.'
  return [{ in: 'header', name: 'If-None-Match', description, schema: { type: 'string' } }]
}

interface Adjustable {
  readonly jsonSchema: {
    additionalProperties?: unknown
    format?: string
    pattern?: string
  }
  readonly io: 'input' | 'output'
}

/** Answers may gain fields, requests may not. */
function adjust({ jsonSchema, io }: Adjustable): void {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  // The format says the same, and the pattern is five times as long as the schema around it.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
}

/** Removes the schemas that no route of this router uses. */
function withoutUnused(document: OpenApiDocument): OpenApiDocument {
  const { schemas = {}, ...components } = document.components ?? {}
  const used = new Set<string>()
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue
      used.add(name)
      follow(schemas[name] ?? {})
    }
  }
  follow(document.paths)
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)))
  return { ...document, components: { ...components, schemas: kept } }
}

function camelCase(words: string): string {
  return words.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1).replaceAll('-', ' ')
}
