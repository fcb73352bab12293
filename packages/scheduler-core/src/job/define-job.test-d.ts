import { expectTypeOf } from 'vitest'
import * as z from 'zod'
import { createScheduler } from '../scheduler.ts'
import type { SchedulerOptions } from '../scheduler-options.ts'
import { defineJob } from './define-job.ts'
import { secretInput } from './secret-input.ts'

interface Session {
  readonly query: (sql: string) => Promise<void>
}

const schema = z.object({
  to: z.string(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  pin: secretInput(z.string()),
})

// The handler gets what the schema makes of the input.
const send = defineJob({
  name: 'send',
  schedule: null,
  input: schema,
  handler(ctx) {
    expectTypeOf(ctx.input).toEqualTypeOf<{ to: string; at: Date; pin: string }>()
  },
})

// Without a schema there is no input.
const poll = defineJob({
  name: 'poll',
  schedule: null,
  handler(ctx) {
    expectTypeOf(ctx.input).toEqualTypeOf<undefined>()
  },
})

// With a session type of its own, both types are named.
const write = defineJob<Session, z.output<typeof schema>>({
  name: 'write',
  schedule: null,
  input: schema,
  handler: (ctx) => ctx.withSession(({ query }) => query(ctx.input.to)),
})

declare const options: Omit<SchedulerOptions<Session>, 'jobs'>
createScheduler<Session>({
  ...options,
  jobs: [send, poll, write, { name: 'plain', schedule: null, handler: () => {} }],
})

defineJob({
  name: 'wrong',
  schedule: null,
  input: z.object({ to: z.string() }),
  // @ts-expect-error The schema knows no such field.
  handler: (ctx) => ctx.input.form,
})

// @ts-expect-error A schedule is given, or `null`.
defineJob({ name: 'nothing', handler: () => {} })
