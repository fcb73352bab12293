/**
 * Packs scheduler-core and scheduler-testing, installs them beside each test framework as a consumer would, and checks
 * that the matchers have their types there. Needs `pnpm build` before, and the registry.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const into = mkdtempSync(join(tmpdir(), 'matchers-'))

/** The packages of each framework, how a test gets `expect`, and the types that are global there. */
const CONSUMERS = [
  { name: 'vitest 3', install: ['vitest@3.2'], entry: 'vitest', from: 'vitest', types: ['node'] },
  { name: 'vitest 4', install: ['vitest@4'], entry: 'vitest', from: 'vitest', types: ['node'] },
  { name: 'vitest 5', install: ['vitest@5'], entry: 'vitest', from: 'vitest', types: ['node'] },
  {
    name: '@jest/globals',
    install: ['jest@30', '@jest/globals@30'],
    entry: 'jest',
    from: '@jest/globals',
    types: ['node'],
  },
  { name: 'global Jest', install: ['jest@30', '@types/jest@30'], entry: 'jest', from: null, types: ['node', 'jest'] },
] as const

type Consumer = (typeof CONSUMERS)[number]

function testOf({ entry, from }: Consumer): string {
  return `
import '@pm/scheduler-testing/${entry}'
${from === null ? '' : `import { expect } from '${from}'`}
expect({}).toBeStandardMetrics('admin-v1')
expect({}).not.toBeStandardMetrics('admin-v1', { golden: {} })
expect({ view: 'admin-v1', response: {} }).toAgreeWithView({ view: 'admin-v2', response: {} })
const settled: Promise<void> = expect(Promise.resolve({})).resolves.toBeStandardMetrics('admin-v1')
await settled
// @ts-expect-error: no view has this name
expect({}).toBeStandardMetrics('admin-v3')
`
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
}

for (const folder of ['scheduler-core', 'scheduler-testing']) {
  run('pnpm', ['pack', '--pack-destination', into], join(root, 'packages', folder))
}
const tarballs = readdirSync(into).map((file) => join(into, file))

for (const consumer of CONSUMERS) {
  const cwd = join(into, consumer.entry + CONSUMERS.indexOf(consumer))
  mkdirSync(cwd)
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: consumer.types }
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
  writeFileSync(join(cwd, 'use.ts'), testOf(consumer))
  const packages = [...tarballs, ...consumer.install, '@types/node@24']
  try {
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], cwd)
    run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], cwd)
    console.log(`ok     ${consumer.name}`)
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    console.log(`FAILED ${consumer.name}\n${stdout ?? ''}${stderr ?? ''}`)
    process.exitCode = 1
  }
}

rmSync(into, { recursive: true })
