import { expectTypeOf } from 'vitest'

import { defineMetric } from '../metrics/custom-metric.ts'
import { defineAudience } from '../reading/audience.ts'
import { byName, each, fact, metric } from './bind.ts'
import { defineView, type ResponseOf } from './define-view.ts'

const view = defineView({
  name: 'RecalculationStatus',
  audience: 'admin',
  fields: {
    state: fact('state'),
    last_run: metric('last_run_at'),
    portfolios: metric('items_processed', { window: 'lifetime' }),
    rate: metric('success_rate', { window: 'recent', job: 'recalculate' }),
    failures: metric('consecutive_failures', { job: 'recalculate' }),
    providers: byName('provider', { circuit: metric('provider_circuit') }),
    feeds: each('feed', { age: metric('feed_age_seconds') }),
  },
})

// The response follows from the bindings.
expectTypeOf<ResponseOf<typeof view>>().toEqualTypeOf<{
  readonly state: 'running' | 'stopped' | 'paused' | 'error'
  readonly last_run: string | null
  readonly portfolios: number | null
  readonly rate: number | null
  readonly failures: number
  readonly providers: Readonly<Record<string, { readonly circuit: 'closed' | 'half_open' | 'open' | null }>>
  readonly feeds: readonly { readonly age: number | null }[] | null
}>()

const options = { name: 'Wrong', audience: 'admin' } as const

// @ts-expect-error A field that is bound to nothing does not compile.
defineView({ ...options, fields: { total: 5 } })
// @ts-expect-error Nor does one that is computed.
defineView({ ...options, fields: { total: () => 5 } })
// @ts-expect-error A metric that there is not.
metric('totl_runs', { window: 'recent' })
// @ts-expect-error A window that there is not.
metric('total_runs', { window: 'last_week' })
// @ts-expect-error A metric over a window has to be told which.
metric('total_runs')
// @ts-expect-error What is read at an instant has no window.
metric('last_run_at', { window: 'recent' })
// @ts-expect-error A metric of one provider has to be told of which.
defineView({ ...options, fields: { circuit: metric('provider_circuit') } })
// @ts-expect-error And so has one inside of an object.
defineView({ ...options, fields: { nested: { circuit: metric('provider_circuit') } } })
// @ts-expect-error The list is of the wrong kind.
each('job', { circuit: metric('provider_circuit') })
// @ts-expect-error A fact that there is not.
fact('password')

const risk = defineAudience('risk')
expectTypeOf(risk.name).toEqualTypeOf<'risk'>()
expectTypeOf(
  defineView({ name: 'RiskStatus', audience: risk, fields: { state: fact('state') } }).project,
).toBeFunction()
// @ts-expect-error An audience that nobody has declared.
defineView({ name: 'RiskStatus', audience: 'risk', fields: {} })

const described = {
  id: 'exposure',
  title: 'Exposure',
  help: 'What could be lost.',
  unit: 'items',
  read: () => 1,
} as const
defineMetric({ ...described, audience: ['admin', risk] })
// @ts-expect-error The same for a metric.
defineMetric({ ...described, audience: ['admin', 'risk'] })
// @ts-expect-error Only defineAudience makes one.
defineMetric({ ...described, audience: [{ name: 'risk' }] })
