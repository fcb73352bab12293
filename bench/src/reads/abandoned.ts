/**
 * What abandoned reads cost: crowds of audits over a long ledger, each hung up on after a moment, beside a scheduler at
 * work. Readiness has to be 200 in every sample, no due time missed, and the memory back afterwards.
 * `pnpm bench:abandoned-reads --rows 1000000 --crowds 25,200 --seconds 20`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    crowds: { type: 'string', default: '25,200' },
    seconds: { type: 'string', default: '20' },
    /** After how many milliseconds each caller hangs up. */
    patience: { type: 'string', default: '200' },
  },
})

interface Told {
  readonly expected: number
  readonly started: number
  readonly missed: number
  readonly heapMb: number
  readonly rssMb: number
  readonly active: number
}

const SAMPLE_MS = 50
const execArgv = [...process.execArgv.filter((flag) => flag !== '--expose-gc'), '--expose-gc']
const began = performance.now()
const server = fork(join(import.meta.dirname, 'abandoned-server.ts'), [values.rows], { execArgv })
const [{ port }] = (await once(server, 'message')) as [{ readonly port: number }]
console.log(`${values.rows} runs written in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
await sleep(3_000)

const results = []
for (const crowd of [0, ...values.crowds.split(',').map(Number)]) {
  // A due time at the very edge may belong to either side.
  const from = Date.now() + 1_000
  const before = await tell({ from: from - 2_000, to: from - 1_000 })
  const statuses = new Map<number, number>()
  const samples = sample(Number(values.seconds) * 1_000)
  await sleep(1_000)
  const asked = Array.from({ length: crowd }, () => abandon(statuses))
  await Promise.all(asked)
  const { codes, worstMs } = await samples
  const to = Date.now() - 1_000
  await sleep(1_500)
  const after = await tell({ from, to })
  results.push({
    crowd,
    'readiness 200': `${codes.get(200) ?? 0} / ${[...codes.values()].reduce((sum, count) => sum + count, 0)}`,
    'slowest ms': worstMs.toFixed(0),
    'due / started / missed': `${after.expected} / ${after.started} / ${after.missed}`,
    'heap MB': `${before.heapMb.toFixed(1)} to ${after.heapMb.toFixed(1)}`,
    'rss MB': `${before.rssMb.toFixed(0)} to ${after.rssMb.toFixed(0)}`,
    'still executing': after.active,
    answered: [...statuses].map(([status, count]) => `${status || 'abandoned'}: ${count}`).join(', '),
  })
}
console.table(results)
server.send('end')
await once(server, 'exit')

async function tell(range: { readonly from: number; readonly to: number }): Promise<Told> {
  server.send(range)
  return ((await once(server, 'message')) as [Told])[0]
}

/** Asks for an audit of everything, and hangs up. */
function abandon(statuses: Map<number, number>): Promise<void> {
  const to = new Date().toISOString()
  const from = new Date(Date.now() - 86_400_000).toISOString()
  return new Promise((resolve) => {
    let status = 0
    const asked = get({ port, path: `/admin/audit?from=${from}&to=${to}`, agent: false }, (answer) => {
      status = answer.statusCode ?? 0
      answer.resume()
    })
    asked.on('error', () => {})
    asked.on('close', () => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      resolve()
    })
    setTimeout(() => asked.destroy(), Number(values.patience))
  })
}

/** Asks for the readiness again and again, one sample after another. */
async function sample(forMs: number) {
  const codes = new Map<number, number>()
  let worstMs = 0
  for (const end = performance.now() + forMs; performance.now() < end; await sleep(SAMPLE_MS)) {
    const from = performance.now()
    const code = await readiness()
    worstMs = Math.max(worstMs, performance.now() - from)
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  return { codes, worstMs }
}

function readiness(): Promise<number> {
  return new Promise((resolve) => {
    get({ port, path: '/health/ready', agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    }).on('error', () => resolve(0))
  })
}
