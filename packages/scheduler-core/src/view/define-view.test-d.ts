import { expectTypeOf } from 'vitest'

import { defineMetric } from '../metrics/custom-metric.ts'
import { defineAudience } from '../reading/audience.ts'
import { factField, listField, metricField, providerConditionsField, recordField } from './bind.ts'
import { defineView, type ResponseOf } from './define-view.ts'

const view = defineView({
  name: 'RecalculationStatus',
  audience: 'admin',
  fields: {
    state: factField('state'),
    last_run: metricField('last_run_at'),
    portfolios: metricField('items_processed', { window: 'lifetime' }),
    rate: metricField('success_rate', { window: 'recent', job: 'recalculate' }),
    failures: metricField('consecutive_failures', { job: 'recalculate' }),
    providers: recordField('provider', { quota: metricField('provider_quota_remaining') }),
    sources: listField('provider', { name: factField('provider_name'), conditions: providerConditionsField() }),
    feeds: listField('feed', { age: metricField('feed_age_seconds') }),
  },
})

// The response follows from the bindings.
expectTypeOf<ResponseOf<typeof view>>().toEqualTypeOf<{
  readonly state: 'running' | 'stopped' | 'paused' | 'error'
  readonly last_run: string | null
  readonly portfolios: number | null
  readonly rate: number | null
  readonly failures: number
  readonly providers: Readonly<Record<string, { readonly quota: number | null }>>
  readonly sources: readonly { readonly name: string; readonly [condition: string]: unknown }[]
  readonly feeds: readonly { readonly age: number | null }[] | null
}>()

const options = { name: 'Wrong', audience: 'admin' } as const

// @ts-expect-error A field that is bound to nothing does not compile.
defineView({ ...options, fields: { total: 5 } })
// @ts-expect-error Nor does one that is computed.
defineView({ ...options, fields: { total: () => 5 } })
// @ts-expect-error An unknown metric.
metricField('totl_runs', { window: 'recent' })
// @ts-expect-error An unknown window.
metricField('total_runs', { window: 'last_week' })
// @ts-expect-error A metric with windows needs one.
metricField('total_runs')
// @ts-expect-error A metric that is read at an instant has no window.
metricField('last_run_at', { window: 'recent' })
// @ts-expect-error A metric of one provider has to name it.
defineView({ ...options, fields: { quota: metricField('provider_quota_remaining') } })
// @ts-expect-error So does one inside an object.
defineView({ ...options, fields: { nested: { quota: metricField('provider_quota_remaining') } } })
// @ts-expect-error The list is of the wrong kind.
listField('job', { quota: metricField('provider_quota_remaining') })
// @ts-expect-error Only providers have conditions.
listField('job', { conditions: providerConditionsField() })
// @ts-expect-error Nor has the scheduler any.
defineView({ ...options, fields: { conditions: providerConditionsField() } })
// @ts-expect-error An unknown fact.
factField('password')

const risk = defineAudience('risk')
expectTypeOf(risk.name).toEqualTypeOf<'risk'>()
expectTypeOf(
  defineView({ name: 'RiskStatus', audience: risk, fields: { state: factField('state') } }).project,
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
