import type { PolicyPatch, PolicyTable, PolicyValues, SettingOf, ValueOf } from './policy.ts'

/** The name of a policy in JSON: `misfire_grace_ms` for `misfireGraceMs`. */
export type WireName<S> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${WireName<Tail>}`
  : ''

export function wireName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The values of a table's policies by their names in JSON. Other values are left out. */
export function toWire<T extends PolicyTable, V extends { readonly [K in keyof T]?: unknown }>(
  table: T,
  values: V,
): Wired<T, V> {
  return known(Object.keys(table).map((name) => [wireName(name), values[name]])) as Wired<T, V>
}

type Wired<T, V> = { [K in keyof V as K extends keyof T ? WireName<K> : never]: V[K] }

/** Converts a patch from JSON. */
export function fromWire<T extends PolicyTable>(table: T, body: WirePatch<T>): PolicyPatch<T> {
  return named(table, body)
}

/** Converts policies as options from JSON. */
export function optionsFromWire<T extends PolicyTable>(table: T, body: WireOptions<T>): Partial<PolicyValues<T>> {
  return named(table, body)
}

type WireOptions<T> = { readonly [K in keyof T as WireName<K>]?: ValueOf<T[K]> | undefined }

/** The type of a patch in JSON. */
type WirePatch<T> = { readonly [K in keyof T as WireName<K>]?: SettingOf<T[K]> | null | undefined }

/** What a body says of the table's policies, by their names here. */
function named(table: PolicyTable, fields: Readonly<Record<string, unknown>>): object {
  return known(Object.keys(table).map((name) => [name, fields[wireName(name)]]))
}

function known(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
