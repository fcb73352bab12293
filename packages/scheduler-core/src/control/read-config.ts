import * as z from 'zod'
import { lazily } from '../lazily.ts'
import { settingFields } from '../policy/fields.ts'
import { SETTABLE } from '../policy/policies.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import { isRecord, type JobConfig, partOf } from './config.ts'
import { concurrencyField, providerFields } from './parse-config.ts'

/** The valid parts of a stored value, and the names of the invalid ones. */
export interface Sound<T> {
  readonly value: T
  readonly corrupt: readonly string[]
}

/**
 * Reads the settings of a job from the store, which may hold anything. An invalid setting is left out and named; the
 * others stay in effect.
 */
export function readJobConfig(stored: unknown): Sound<JobConfig> {
  return soundFields(stored ?? {}, jobFields())
}

export function readConcurrency(config: unknown): Sound<number | null> {
  const stored = partOf(config, 'concurrency')
  if (stored === undefined) return { value: null, corrupt: [] }
  const { success, data } = concurrencyField().safeParse(stored)
  return success ? { value: data, corrupt: [] } : { value: null, corrupt: ['concurrency'] }
}

/** The names of the providers that an operator switched off. */
export function readSwitchedOff(config: unknown): Sound<ReadonlySet<string>> {
  const stored = partOf(config, 'providers')
  const entries = isRecord(stored) ? Object.entries(stored) : []
  const read = entries.map(([name, one]) => ({ name, ...soundFields<{ enabled?: boolean }>(one, providerFields()) }))
  return {
    value: new Set(read.flatMap(({ name, value }) => (value.enabled === false ? [name] : []))),
    corrupt: read.flatMap(({ name, corrupt }) => (corrupt.length > 0 ? [`providers.${name}`] : [])),
  }
}

type Fields = Readonly<Record<string, z.ZodType | Readonly<Record<string, z.ZodType>>>>

const jobFields = lazily(
  (): Fields => ({
    ...settingFields(SETTABLE.job),
    schedule: z.unknown().transform((value, context) => {
      try {
        return parseSchedule(value)
      } catch {
        context.addIssue('not a schedule')
        return z.NEVER
      }
    }),
    retry: settingFields(SETTABLE.retry),
  }),
)

function soundFields<T extends object>(stored: unknown, fields: Fields): Sound<T> {
  if (!isRecord(stored)) return { value: Object.freeze({}) as T, corrupt: [''] }
  const sound: [string, unknown][] = []
  const corrupt: string[] = []
  for (const [name, value] of Object.entries(stored)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field instanceof z.ZodType) {
      const { success, data } = field.safeParse(value)
      if (success) sound.push([name, data])
      else corrupt.push(name)
    } else if (field === undefined) {
      corrupt.push(name)
    } else {
      const part = soundFields<object>(value, field)
      sound.push([name, part.value])
      corrupt.push(...part.corrupt.map((inner) => (inner === '' ? name : `${name}.${inner}`)))
    }
  }
  return { value: Object.freeze(Object.fromEntries(sound)) as T, corrupt }
}
