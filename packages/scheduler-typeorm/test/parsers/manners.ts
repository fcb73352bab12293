import pg from 'pg'

import type { PostgresOptions } from '../data-source-options.ts'

/** One way in which a host has its DataSource read types, or its server write them. */
export interface Manner {
  readonly name: string
  readonly settings: Partial<PostgresOptions>
}

type Parsers = Readonly<Record<number, (text: string) => unknown>>

const { builtins } = pg.types
const { BOOL, DATE, FLOAT4, FLOAT8, INT2, INT4, INT8, INTERVAL, JSON: JSON_TYPE, JSONB, NUMERIC } = builtins
const { TEXT, TIMESTAMP, TIMESTAMPTZ, UUID } = builtins

/** `pg.types` has no name for it. */
export const INT8_ARRAY: number = 1016
/** As a class of the host's own gives it, for money or for dates. */
const asObject = (text: string) => ({ isValid: true, text })

const REPLACED: Readonly<Record<string, Parsers>> = {
  'json and jsonb as text': { [JSON_TYPE]: String, [JSONB]: String },
  'json and jsonb as objects of its own': { [JSON_TYPE]: asObject, [JSONB]: asObject },
  'bool as text': { [BOOL]: String },
  'bool as 0 and 1': { [BOOL]: (text) => (text === 't' ? 1 : 0) },
  'int2 and int4 as BigInt': { [INT2]: BigInt, [INT4]: BigInt },
  'int2 and int4 as text': { [INT2]: String, [INT4]: String },
  'int8 as a number': { [INT8]: Number },
  'int8 as BigInt': { [INT8]: BigInt, [INT8_ARRAY]: (text) => text.slice(1, -1).split(',').map(BigInt) },
  'int8 as text': { [INT8]: String, [INT8_ARRAY]: String },
  'numeric as a number': { [NUMERIC]: Number.parseFloat },
  'numeric as an object': { [NUMERIC]: asObject },
  'float4 and float8 as text': { [FLOAT4]: String, [FLOAT8]: String },
  'float8 in single precision': { [FLOAT8]: (text) => Math.fround(Number(text)) },
  'float8 with two decimals': { [FLOAT8]: (text) => Number(text).toFixed(2) },
  'dates and times as text': { [DATE]: String, [TIMESTAMP]: String, [TIMESTAMPTZ]: String, [INTERVAL]: String },
  'dates and times as objects': {
    ...{ [DATE]: asObject, [TIMESTAMP]: asObject, [TIMESTAMPTZ]: asObject, [INTERVAL]: asObject },
  },
  'timestamptz as seconds': { [TIMESTAMPTZ]: (text) => Math.round(new Date(text).getTime() / 1_000) },
  'uuid as an object': { [UUID]: asObject },
  'uuid without dashes': { [UUID]: (text) => text.replaceAll('-', '') },
}

const SERVER: readonly string[] = [
  'DateStyle=German,DMY',
  'DateStyle=SQL,MDY',
  'IntervalStyle=postgres_verbose',
  'IntervalStyle=sql_standard',
  'extra_float_digits=-3',
  'extra_float_digits=-15',
  'bytea_output=escape',
  'TimeZone=Asia/Kathmandu',
]

/** Each in a connection of its own, so that they can be looked at side by side. */
export const MANNERS: readonly Manner[] = [
  ...Object.entries(REPLACED).map(([name, parsers]) => ({ name, settings: readingWith(parsers) })),
  ...SERVER.map((setting) => ({ name: setting, settings: { extra: { options: `-c ${setting}` } } })),
]

/** What is left as it was: text, and the type by which `register` tells text answers from binary ones. */
export const AS_EVER: readonly number[] = [TEXT, builtins.PG_LSN]

/**
 * A host that can read nothing but text, on a server that writes as few digits as it may.
 *
 * @param seen is told of the type of each column that the server answers.
 */
export function nothingAsItWas(seen: (oid: number) => void): Partial<PostgresOptions> {
  const unreadable = Object.values(builtins).map((oid) => [oid, () => Symbol(`a value of type ${oid}`)] as const)
  const options = [
    'DateStyle=German,DMY',
    'IntervalStyle=sql_standard',
    'extra_float_digits=-15',
    'bytea_output=escape',
  ]
  const { extra } = readingWith(Object.fromEntries(unreadable), seen)
  return { extra: { ...extra, options: options.map((setting) => `-c ${setting}`).join(' ') } }
}

function readingWith(parsers: Parsers, seen: (oid: number) => void = () => {}): Partial<PostgresOptions> {
  const getTypeParser = (oid: number, format: 'text') => {
    seen(oid)
    return (AS_EVER.includes(oid) ? undefined : parsers[oid]) ?? pg.types.getTypeParser(oid, format)
  }
  return { extra: { types: { getTypeParser } } }
}
