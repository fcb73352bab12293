import { strings } from '../strings/index.ts'
import type { InputField } from './to-fields.ts'

/** What stands in each field, by its name. */
type FieldTexts = Readonly<Record<string, string>>

/** An input as it is typed: each field by its name, or all of it as JSON. */
export type InputDraft =
  | { readonly kind: 'fields'; readonly values: FieldTexts }
  | { readonly kind: 'json'; readonly text: string }

/** The input for the API, `undefined` where nothing was typed; or what is wrong with it, in words. */
export type InputValue = { readonly input: unknown } | { readonly problem: string; readonly field: string | null }

export function toInput(draft: InputDraft, fields: readonly InputField[] | null): InputValue {
  return draft.kind === 'json' ? fromJson(draft.text) : fromFields(draft.values, fields ?? [])
}

/** What was given before, to be given again. A secret is not kept, and is typed anew. */
export function toDraft(input: unknown, fields: readonly InputField[] | null): InputDraft {
  if (fields === null) return { kind: 'json', text: input === null ? '' : JSON.stringify(input, null, 2) }
  const given = typeof input === 'object' && input !== null ? Object.entries(input) : []
  const known = new Map(fields.map((field) => [field.name, field]))
  const values = given.flatMap(([name, value]) => {
    const field = known.get(name)
    return field === undefined || field.kind === 'secret' ? [] : [[name, textOf(value, field)] as const]
  })
  return { kind: 'fields', values: Object.fromEntries(values) }
}

function textOf(value: unknown, { kind }: InputField): string {
  return kind === 'text' && typeof value === 'string' ? value : JSON.stringify(value)
}

function fromJson(text: string): InputValue {
  if (text.trim() === '') return { input: undefined }
  try {
    return { input: JSON.parse(text) as unknown }
  } catch {
    return { problem: strings.kit.input.noJson, field: null }
  }
}

/** What was typed into the fields, as JSON to go on with. What does not fit its field is left out. */
export function toJsonDraft(values: FieldTexts, fields: readonly InputField[]): InputDraft {
  return { kind: 'json', text: JSON.stringify(Object.fromEntries(readable(values, fields)), null, 2) }
}

function fromFields(values: FieldTexts, fields: readonly InputField[]): InputValue {
  for (const field of fields) {
    const problem = problemOf(field, values[field.name] ?? '')
    if (problem !== null) return { problem, field: field.name }
  }
  const input = readable(values, fields)
  const isNothing = input.length === 0 && !fields.some(({ isRequired }) => isRequired)
  return { input: isNothing ? undefined : Object.fromEntries(input) }
}

function readable(values: FieldTexts, fields: readonly InputField[]): readonly (readonly [string, unknown])[] {
  return fields.flatMap((field) => {
    const typed = values[field.name] ?? ''
    return typed === '' || problemOf(field, typed) !== null ? [] : [[field.name, typedValue(field, typed)] as const]
  })
}

function problemOf({ label, kind, isRequired }: InputField, typed: string): string | null {
  const words = strings.kit.input
  if (typed === '') return isRequired ? words.missing(label) : null
  return kind === 'number' && !isNumber(typed) ? words.noNumber(label) : null
}

/** `Number` reads blanks as 0, and what is too large as `Infinity`, which is no JSON. */
function isNumber(typed: string): boolean {
  return typed.trim() !== '' && Number.isFinite(Number(typed))
}

/** A choice and a flag stand in their options as JSON. */
function typedValue({ kind }: InputField, typed: string): unknown {
  if (kind === 'number') return Number(typed)
  return kind === 'text' || kind === 'secret' ? typed : JSON.parse(typed)
}
