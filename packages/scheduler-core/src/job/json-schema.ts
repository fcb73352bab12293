import * as z from 'zod'

/** A JSON Schema of the draft 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** What a schema accepts, as JSON Schema. What JSON Schema cannot say, it accepts. */
export function toJsonSchema(schema: z.core.$ZodType): JsonSchema {
  const {
    $schema: _draft,
    '~standard': _standard,
    ...rest
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}
