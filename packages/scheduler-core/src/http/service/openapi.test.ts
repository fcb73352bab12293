import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { DECLARED } from '../../../test/declared.ts'
import { toOpenApi } from './openapi.ts'
import type { HttpServiceOptions } from './options.ts'
import { routesOf } from './views-of.ts'

const authorize = () => ({ allow: false, reason: 'forbidden' }) as const

const ROUTERS: readonly (readonly [string, HttpServiceOptions<never>])[] = [
  ['admin.v1', { view: 'admin', version: 'v1', control: true, authorize }],
  ['admin.v2', { view: 'admin', version: 'v2', control: true, authorize }],
  ['market-data.v1', { view: 'market-data', version: 'v1', authorize }],
  ['market-data.v2', { view: 'market-data', version: 'v2', authorize }],
  ['health', { view: 'health' }],
]

describe.each(ROUTERS)('the OpenAPI document of %s', (name, options) => {
  const routes = routesOf({ ...options, declared: DECLARED })
  const version = options.view === 'health' ? 'v1' : (options.version ?? 'v1')
  const document = JSON.parse(JSON.stringify(toOpenApi({ view: options.view, version, routes })))

  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
  })

  it('has the routes of its router and no others, each under a name of its own', () => {
    const operations = Object.entries(document.paths).flatMap(([path, at]) =>
      Object.keys(Object(at)).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    expect(operations.sort()).toEqual(served.sort())
    const ids = [...JSON.stringify(document.paths).matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(routes.length)
  })

  it('lets answers gain fields', () => {
    expect(JSON.stringify(document.components)).not.toContain('"additionalProperties":false')
  })

  it('is the file that the package ships: run vitest with -u after a change of the contract', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(`../../../openapi/${name}.json`)
  })
})
