import { type HttpView, type OpenApiDocument, type Route, toOpenApi } from '@pm/scheduler-core/http'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'

import type { Received } from './client.ts'
import { jsonOf } from './json-of.ts'

export interface Exchange {
  readonly route: Route
  readonly received: Received
}

/** Holds answers against what the OpenAPI document of their view says, as a client would that knows nothing else. */
export class OpenApiCheck {
  readonly #ajv: Ajv2020
  readonly #paths: Record<string, unknown>
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(view: HttpView, routes: readonly Route[]) {
    const document = toOpenApi({ view, routes })
    this.#ajv = new Ajv2020({ strict: false })
    addFormats.default(this.#ajv)
    this.#ajv.addSchema(document, DOCUMENT)
    this.#paths = pathsOf(document)
  }

  expectPromised({ route, received }: Exchange): void {
    const { status, headers, text } = received
    const { method } = route
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const verb = method.toLowerCase()
    const promised = at(this.#paths, path, verb, 'responses', String(status))
    expect(promised, `${method} ${path} was answered ${status}, which its document does not promise`).toBeDefined()
    if (text === '') return
    const type = String(headers['content-type']).split(';')[0] ?? ''
    expect(at(promised, 'content', type), `${method} ${path} was answered ${status} as ${type}`).toBeDefined()
    const validate = this.#validator(['paths', path, verb, 'responses', String(status), 'content', type, 'schema'])
    if (!validate(jsonOf(received)))
      expect.fail(`${method} ${path} ${status}: ${this.#ajv.errorsText(validate.errors)}`)
  }

  #validator(steps: readonly string[]): ValidateFunction {
    const pointer = `${DOCUMENT}#/${steps.map((step) => encodeURIComponent(step.replaceAll('/', '~1'))).join('/')}`
    const known = this.#validators.get(pointer)
    if (known) return known
    const validate = this.#ajv.compile({ $ref: pointer })
    this.#validators.set(pointer, validate)
    return validate
  }
}

const DOCUMENT = 'https://scheduler.invalid/openapi.json'

function pathsOf({ paths }: OpenApiDocument): Record<string, unknown> {
  return { ...paths }
}

function at(value: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? Reflect.get(inner, step) : undefined,
    value,
  )
}
