import * as z from 'zod'

import { A_NAME, NAME_PATTERN } from './name.ts'
import { nullMeaning, type Policy, type PolicyTable, type SettingOf, type ValueOf, wordsOf } from './policy.ts'

/** The schemas of a table's policies as options in code, all optional. */
export function optionFields<T extends PolicyTable>(table: T): { [K in keyof T]: z.ZodOptional<Field<ValueOf<T[K]>>> } {
  return mapped(table, (policy) => valueField(policy).optional())
}

/** The schemas of a table's policies as the store keeps them when operators set them. */
export function settingFields<T extends PolicyTable>(table: T): { [K in keyof T]: Field<SettingOf<T[K]>> } {
  return mapped(table, settingField)
}

/**
 * The schemas of a table's policies in a patch: a policy that is left out stays as it is, `null` takes back the
 * setting.
 */
export function patchFields<T extends PolicyTable>(
  table: T,
): { [K in keyof T]: z.ZodOptional<z.ZodNullable<Field<SettingOf<T[K]>>>> } {
  return mapped(table, (policy) => settingField(policy).nullable().optional())
}

/** A schema whose output equals its input. */
export type Field<V> = z.ZodType<V, V>

/** The schema of a policy without `null`. */
export function settingField(policy: Policy): Field<string | number> {
  if (policy.kind === 'name') return z.string().regex(NAME_PATTERN, { error: A_NAME })
  return policy.kind === 'word' ? z.enum(wordsOf(policy)) : z.int().min(policy.min).max(policy.max)
}

/** The schema of a policy, with `null` where `null` has a meaning. */
export function valueField(policy: Policy): Field<string | number | null> {
  return nullMeaning(policy) === null ? settingField(policy) : settingField(policy).nullable()
}

/**
 * Maps each policy to its field. The result types above follow from the table; TypeScript cannot derive them from a
 * loop.
 */
function mapped<R>(table: PolicyTable, toField: (policy: Policy) => z.ZodType): R {
  return Object.fromEntries(Object.entries(table).map(([name, policy]) => [name, toField(policy)])) as R
}
