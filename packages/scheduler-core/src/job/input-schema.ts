import * as z from 'zod'

import { refuseOption } from '../options/refuse-option.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { InputTerms } from './job.ts'
import { toJsonSchema } from './json-schema.ts'

export interface InputPlace {
  /** Where errors find the job. */
  readonly path: string
  /** The name of the option (default `input`). */
  readonly field?: 'input' | 'params'
  readonly schedule: Schedule
  readonly runOnFirstOpen: boolean
}

const A_SCHEMA = 'a schema of zod 4, such as z.object({ … })'
const LENIENT = 'a schema that accepts nothing or {}, since the runs of a schedule have no input; or schedule: null'

/** Checks the schema of a job's input, and says what it accepts. Throws `INVALID_OPTIONS`. */
export function checkInputSchema(
  schema: z.ZodType,
  { path: at, field = 'input', schedule, runOnFirstOpen }: InputPlace,
): InputTerms {
  const path = `${at}.${field}`
  if (!isSchema(schema)) refuseOption({ path, value: schema, expected: A_SCHEMA })
  const isRequired = !acceptsNothing(schema)
  if (isRequired && schedule.kind !== 'on-demand') {
    refuseOption({ path, value: schema, received: 'a schema that needs an input', expected: LENIENT })
  }
  if (isRequired && runOnFirstOpen) {
    const expected = 'false: the first run has no input, and this job needs one'
    refuseOption({ path: `${at}.runOnFirstOpen`, value: true, expected })
  }
  return Object.freeze({ schema: Object.freeze(describe(schema, path)), isRequired })
}

function describe(schema: z.ZodType, path: string) {
  try {
    return toJsonSchema(schema)
  } catch {
    return refuseOption({ path, value: schema, received: 'a schema that has no JSON Schema', expected: A_SCHEMA })
  }
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value && 'safeParseAsync' in value
}

/** Whether a run without an input is one that the schema accepts. A schema that waits for something is asked later. */
function acceptsNothing(schema: z.ZodType): boolean {
  try {
    return schema.safeParse(undefined).success || schema.safeParse({}).success
  } catch (error) {
    return error instanceof z.core.$ZodAsyncError
  }
}
