import { silentLogger } from '@pm/scheduler-core'
import { PgBoss } from 'pg-boss'
import { expect, it, onTestFinished } from 'vitest'

import { createPgBossEngine } from '../src/index.ts'
import { createEngineBed } from './engine-bed.ts'

const bed = await createEngineBed()

async function open(prefix: string) {
  const boss = new PgBoss({ connectionString: bed.url, schedule: false })
  await boss.start()
  const engine = createPgBossEngine({ boss, prefix })
  await engine.open({ scheduler: 'eu:prices', logger: silentLogger })
  onTestFinished(async () => {
    await engine.close()
    await boss.stop({ graceful: false })
  })
  return { boss, engine }
}

const WANTED = { retryLimit: 1_000_000, retryDelay: 0, retryBackoff: false, expireInSeconds: 5 }

it('names queues by the scheduler, in the letters of pg-boss', async () => {
  const { boss, engine } = await open('named/')
  await engine.ensureQueues(['default', 'slow:ones'])
  expect(await boss.getQueue('named/eu//prices/default')).toMatchObject(WANTED)
  expect(await boss.getQueue('named/eu//prices/slow//ones')).toMatchObject(WANTED)
})

it('gives a queue that is there the options that it needs, and no dead letter queue', async () => {
  const { boss, engine } = await open('there/')
  await boss.createQueue('dead')
  await boss.createQueue('there/eu//prices/default', { retryLimit: 0, expireInSeconds: 900, deadLetter: 'dead' })
  await engine.ensureQueues(['default'])
  const queue = await boss.getQueue('there/eu//prices/default')
  expect(queue).toMatchObject(WANTED)
  expect(queue?.deadLetter).toBeNull()
})

it('refuses a queue whose policy would hold messages back', async () => {
  const { boss, engine } = await open('policy/')
  await boss.createQueue('policy/eu//prices/default', { policy: 'singleton' })
  await expect(engine.ensureQueues(['default'])).rejects.toMatchObject({
    code: 'ENGINE_UNSUPPORTED',
    details: { found: 'a queue policy/eu//prices/default with the policy singleton' },
  })
})

it('makes a queue once, however many processes do so at a time', async () => {
  const sides = await Promise.all(Array.from({ length: 4 }, () => open('race/')))
  await Promise.all(sides.map(({ engine }) => engine.ensureQueues(['default'])))
  expect(await sides[0]?.boss.getQueue('race/eu//prices/default')).toMatchObject(WANTED)
})
