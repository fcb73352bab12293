import * as z from 'zod'

/**
 * The names of the fields that the object at `path` inside `schema` may have; empty when the schema has no plain object
 * there.
 */
export function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [key, ...rest] = path
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => namesAt(option, path))
  const wrapped = unwrap(schema)
  if (wrapped !== null) return namesAt(wrapped, path)
  if (schema instanceof z.ZodObject) {
    if (key === undefined) return Object.keys(schema.shape)
    const next = schema.shape[String(key)]
    return next === undefined ? [] : namesAt(next, rest)
  }
  if (key === undefined) return []
  if (schema instanceof z.ZodArray) return namesAt(schema.element, rest)
  return schema instanceof z.ZodRecord ? namesAt(schema.valueType, rest) : []
}

/** The inner schema of an optional, defaulted, nullable, read-only or piped schema; `null` for any other schema. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType | null {
  if (schema instanceof z.ZodPipe) return schema.in
  const wraps =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  return wraps ? schema.unwrap() : null
}
