import * as z from 'zod'

import { type Field, settingField, valueField } from '../policy/fields.ts'
import { rangeInWords } from '../policy/in-words.ts'
import { NAME_PATTERN } from '../policy/name.ts'
import { nullMeaning, type Policy, type PolicyTable, type SettingOf, type ValueOf, wordsOf } from '../policy/policy.ts'
import { type WireName, wireName } from '../policy/wire.ts'

type Named<T> = string & keyof T

/** What the policies of a table are in an answer. */
export type PolicyFields<T> = { readonly [K in Named<T> as WireName<K>]: ValueOf<T[K]> }

/** What was set of them at run time. */
export type PolicySettingFields<T> = { readonly [K in Named<T> as WireName<K>]?: SettingOf<T[K]> | undefined }

/** What a body may say of them. */
export type PolicyValueFields<T> = { readonly [K in Named<T> as WireName<K>]?: ValueOf<T[K]> | undefined }

/** What a change of them may say. */
export type PolicyBodyFields<T> = { readonly [K in Named<T> as WireName<K>]?: SettingOf<T[K]> | null | undefined }

/** Every policy of a table, as a response shows it. */
export function policyFields<T extends PolicyTable>(
  table: T,
): { [K in Named<T> as WireName<K>]: Field<ValueOf<T[K]>> } {
  return mapped(table, (policy) => valueField(policy).describe(policy.help))
}

/** The policies of a table that were set at run time. */
export function policySettings<T extends PolicyTable>(
  table: T,
): { [K in Named<T> as WireName<K>]: z.ZodOptional<Field<SettingOf<T[K]>>> } {
  return mapped(table, (policy) => settingField(policy).describe(policy.help).optional())
}

/** A change of a table's policies. A policy that is left out stays as it is; `null` removes what was set. */
export function policyBody<T extends PolicyTable>(
  table: T,
): { [K in Named<T> as WireName<K>]: z.ZodOptional<z.ZodNullable<Field<SettingOf<T[K]>>>> } {
  return mapped(table, (policy) => bodyOf(policy).nullable().optional().describe(policy.help))
}

/** Policies as a body gives them: one that is left out is as it was, or as by default; `null` where it has a meaning. */
export function policyValues<T extends PolicyTable>(
  table: T,
): { [K in Named<T> as WireName<K>]: z.ZodOptional<Field<ValueOf<T[K]>>> } {
  return mapped(table, (policy) => {
    const value = nullMeaning(policy) === null ? bodyOf(policy) : bodyOf(policy).nullable()
    return value.optional().describe(policy.help)
  })
}

/**
 * A body is refused for a wrong type or an unknown word. Its schema documents the limits; the scheduler refuses a value
 * beyond them, as it does for options in the code.
 */
function bodyOf(policy: Policy): z.ZodType {
  if (policy.kind === 'word') return z.enum(wordsOf(policy), { error: rangeInWords(policy) })
  if (policy.kind === 'name') return z.string({ error: rangeInWords(policy) }).meta({ pattern: NAME_PATTERN.source })
  return z.int({ error: 'a whole number' }).meta({ minimum: policy.min, maximum: policy.max })
}

/** The types of the responses above follow from the table, which the compiler cannot see through a loop. */
function mapped<R>(table: PolicyTable, toField: (policy: Policy) => z.ZodType): R {
  return Object.fromEntries(Object.entries(table).map(([name, policy]) => [wireName(name), toField(policy)])) as R
}
