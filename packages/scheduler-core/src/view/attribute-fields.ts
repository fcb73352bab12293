import * as z from 'zod'

import { toIso } from '../clock.ts'
import { FOR_EVERYONE } from '../metrics/tables/rows.ts'
import type { FeedAttributeKind, FeedAttributeValue } from '../ports/feeds.ts'
import type { ProviderAttribute } from '../ports/providers.ts'
import type { ProviderReading } from '../reading/snapshot.ts'
import { timestamp } from './fields.ts'
import type { FactNode } from './node.ts'

/** The schema of a declared attribute in a response. */
export function schemaOfAttribute({ kind, help }: { readonly kind: FeedAttributeKind; readonly help: string }) {
  return SCHEMAS[kind]().describe(help)
}

const SCHEMAS: { readonly [K in FeedAttributeKind]: () => z.ZodType } = {
  text: () => z.string().nullable(),
  flag: () => z.boolean().nullable(),
  number: () => z.number().nullable(),
  instant: () => timestamp().nullable(),
}

/** The value of a declared attribute in a response; `null` for one that has none. */
export function attributeInJson<V extends FeedAttributeValue>(
  value: V | undefined,
  kind: FeedAttributeKind,
): V | string | null {
  return kind === 'instant' && typeof value === 'number' ? toIso(value) : (value ?? null)
}

/** The field of an attribute that the host declares for its providers. */
export function attributeField({ name, kind, help }: ProviderAttribute): FactNode {
  const read = ({ attributes = {} }: ProviderReading) => {
    const value = attributeInJson(attributes[name], kind)
    return typeof value === 'number' ? null : value
  }
  return { kind: 'fact', id: ATTRIBUTE, fact: { of: 'provider', ...FOR_EVERYONE, schema: SCHEMAS[kind], read, help } }
}

const ATTRIBUTE = 'provider_attribute'
