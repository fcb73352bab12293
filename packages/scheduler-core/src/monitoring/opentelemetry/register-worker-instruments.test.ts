import { AggregationTemporality, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { expect, it, onTestFinished } from 'vitest'

import { MINUTE, openQueuedWorld } from '../../../test/queued-world.ts'
import { registerSchedulerInstruments } from './register-scheduler-instruments.ts'
import { registerWorkerInstruments } from './register-worker-instruments.ts'

it('a worker records how long its runs waited and took; its scheduler publishes all the rest', async () => {
  const { manual, server, pass, work } = await openQueuedWorld()
  const { meter, pointsOf } = openMeter()
  registerSchedulerInstruments(meter, manual.scheduler)
  server.hold()
  const stop = registerWorkerInstruments(meter, await work())
  await pass(MINUTE + 30_000)
  server.release()
  await pass(1_000)
  const attributes = { scheduler: 'scheduler', scheduler_job: 'poll' }
  expect(await pointsOf('scheduler.queue_wait')).toMatchObject([{ value: { count: 1, sum: 30 }, attributes }])
  expect(await pointsOf('scheduler.duration')).toMatchObject([{ value: { count: 1 }, attributes }])
  expect(await pointsOf('scheduler.queued_runs')).toMatchObject([{ value: 0 }, { value: 0 }])
  expect(await pointsOf('scheduler.workers_live')).toMatchObject([{ value: 1 }])
  stop()
  await pass(MINUTE)
  expect(await pointsOf('scheduler.queue_wait')).toMatchObject([{ value: { count: 1 } }])
})

it('several workers of one process record together, and a wrong limit of jobs is refused', async () => {
  const { pass, work } = await openQueuedWorld()
  const { meter, pointsOf } = openMeter()
  const workers = [await work(), await work([])]
  registerWorkerInstruments(meter, workers, { jobLimit: 1 })
  await pass(5 * MINUTE)
  const waits = await pointsOf('scheduler.queue_wait')
  expect(waits.map(({ attributes }) => attributes['scheduler_job'])).toEqual(['poll', undefined])
  expect(() => registerWorkerInstruments(meter, workers, { jobLimit: -1 })).toThrow('jobLimit')
})

function openMeter() {
  const reader = new (class extends MetricReader {
    protected override async onForceFlush(): Promise<void> {}
    protected override async onShutdown(): Promise<void> {}
  })({ aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE })
  const provider = new MeterProvider({ readers: [reader] })
  onTestFinished(() => provider.shutdown())
  return {
    meter: provider.getMeter('jobs'),
    async pointsOf(name: string) {
      const { resourceMetrics } = await reader.collect()
      const found = resourceMetrics.scopeMetrics
        .flatMap(({ metrics }) => metrics)
        .find(({ descriptor }) => descriptor.name === name)
      return found?.dataPoints.map(({ value, attributes }) => ({ value, attributes })) ?? []
    },
  }
}
