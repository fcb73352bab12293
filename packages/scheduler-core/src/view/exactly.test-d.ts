import * as z from 'zod'

import { factField } from './bind.ts'
import { defineView, type StatusView } from './define-view.ts'
import { exactSchema, exactView } from './exactly.ts'

interface Named {
  readonly name: string
  readonly words?: readonly ('a' | 'b')[] | undefined
}

const schema = z.object({ name: z.string(), words: z.array(z.enum(['a', 'b'])).optional() })

// Equal but for `readonly`.
export const equal: z.ZodType<Named> = exactSchema(schema)

// @ts-expect-error A field that the schema lacks.
export const lacking: z.ZodType<Named & { readonly more?: string }> = exactSchema(schema)
// @ts-expect-error A field that the type lacks.
export const secret: z.ZodType<Named> = exactSchema(schema.extend({ more: z.string() }))
// @ts-expect-error A type that is wider.
export const wider: z.ZodType<Omit<Named, 'name'> & { readonly name: string | null }> = exactSchema(schema)
// @ts-expect-error A word that the type lacks.
export const word: z.ZodType<Named> = exactSchema(schema.extend({ words: z.array(z.enum(['a', 'b', 'c'])).optional() }))

const query = z.object({ limit: z.string().transform(Number) })
interface Limit<T> {
  readonly limit: T
}
export const asked: z.ZodType<Limit<number>, Limit<string>> = exactSchema(query)
// @ts-expect-error The input is another.
export const given: z.ZodType<Limit<number>, Limit<number>> = exactSchema(query)

type Choice = { readonly kind: 'a'; readonly a: string } | { readonly kind: 'b' }
const a = z.object({ kind: z.literal('a'), a: z.string() })
const b = z.object({ kind: z.literal('b') })
export const choice: z.ZodType<Choice> = exactSchema(z.discriminatedUnion('kind', [a, b]))
// @ts-expect-error One kind of it is missing.
export const oneKind: z.ZodType<Choice> = exactSchema(z.discriminatedUnion('kind', [a]))

const view = defineView({ name: 'Small', audience: 'admin', fields: { state: factField('state') } })
interface Small {
  readonly state: 'running' | 'stopped' | 'paused' | 'error'
}
export const small: StatusView<Small> = exactView(view)
// @ts-expect-error The state is one of four words.
export const text: StatusView<{ readonly state: string }> = exactView(view)
