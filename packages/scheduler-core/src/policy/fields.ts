import * as z from 'zod'

import { nullMeaning, type Policy, type PolicyTable, type SettingOf, type ValueOf, wordsOf } from './policy.ts'

/** A value of each policy as the code may say it; what is left out stays out. */
export function optionFields<T extends PolicyTable>(table: T): { [K in keyof T]: z.ZodOptional<Field<ValueOf<T[K]>>> } {
  return mapped(table, (policy) => valueField(policy).optional())
}

/** A value of each policy as it is stored when operators set it. */
export function settingFields<T extends PolicyTable>(table: T): { [K in keyof T]: Field<SettingOf<T[K]>> } {
  return mapped(table, settingField)
}

/** The same in a patch: what is left out stays as it is, `null` takes back what was set. */
export function patchFields<T extends PolicyTable>(
  table: T,
): { [K in keyof T]: z.ZodOptional<z.ZodNullable<Field<SettingOf<T[K]>>>> } {
  return mapped(table, (policy) => settingField(policy).nullable().optional())
}

/** A schema of a value that comes out as it goes in. */
export type Field<V> = z.ZodType<V, V>

/** What a policy may be beside `null`. */
export function settingField(policy: Policy): Field<string | number> {
  return policy.kind === 'word' ? z.enum(wordsOf(policy)) : z.int().min(policy.min).max(policy.max)
}

/** What a policy may be, `null` included where it has a meaning. */
export function valueField(policy: Policy): Field<string | number | null> {
  return nullMeaning(policy) === null ? settingField(policy) : settingField(policy).nullable()
}

/** The types of the answers above follow from the table, which no loop over it can tell the compiler. */
function mapped<R>(table: PolicyTable, toField: (policy: Policy) => z.ZodType): R {
  return Object.fromEntries(Object.entries(table).map(([name, policy]) => [name, toField(policy)])) as R
}
