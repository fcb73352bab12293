import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest')
const CONFIG = fileURLToPath(new URL('jest/jest.config.mjs', import.meta.url))

it("Jest's own expect takes the matchers, passes what is standard, and fails with what is wrong", async () => {
  const { exitCode, results } = await runJest()
  expect(results).toEqual([
    { title: 'has nothing to say against responses of one snapshot', status: 'passed', message: '' },
    {
      title: 'names what is wrong with a response',
      status: 'failed',
      message: expect.stringContaining(
        'Expected AdminStatusV1 to be standard:\n- success_rate is 98.3, but successful_runs 3 and total_runs 3 make 100',
      ),
    },
    {
      title: 'names where two responses disagree',
      status: 'failed',
      message: expect.stringContaining(
        'Expected AdminStatusV1 to agree with AdminStatusV2:\n- total_runs is 4, windows.lifetime.total_runs is 3',
      ),
    },
  ])
  expect(exitCode).toBe(1)
})

interface JestReport {
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

function runJest() {
  // Jest runs ES modules by Node's own modules of the vm, which Node still wants to be asked for.
  const args = ['--experimental-vm-modules', '--no-warnings', JEST, '--config', CONFIG, '--json', '--runInBand']
  const env = { ...process.env, FORCE_COLOR: '0' }
  return new Promise<{ exitCode: unknown; results: readonly object[] }>((resolve, reject) => {
    execFile(process.execPath, args, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(`Jest told nothing: ${stderr}`, { cause: error }))
      const report: JestReport = JSON.parse(stdout)
      const results = report.testResults.flatMap(({ message, assertionResults }) =>
        assertionResults.length === 0
          ? [{ message }]
          : assertionResults.map(({ title, status, failureMessages }) => ({
              title,
              status,
              message: failureMessages.join(),
            })),
      )
      resolve({ exitCode: error?.code ?? 0, results })
    })
  })
}
