/** What `npm create @pm/scheduler` makes, installed from the registry with our packed packages, and used as its README says. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { addressSaidBy, problemsOfRun } from '../../tools/repo/create/run-project.ts'
import type { Consumer, Installed, OurPackage } from '../consumer.ts'
import { NPM } from '../machinery/runtimes.ts'
import { NODE_TOO_OLD } from '../versions.ts'

interface Project {
  readonly framework: string
  readonly database: string
}

const PROJECTS: readonly Project[] = [
  { framework: 'express', database: 'memory' },
  { framework: 'express', database: 'postgresql' },
  { framework: 'fastify', database: 'memory' },
  { framework: 'hono', database: 'memory' },
  { framework: 'nestjs', database: 'memory' },
  { framework: 'nestjs', database: 'postgresql' },
]

const OURS: readonly OurPackage[] = [
  'create-scheduler',
  'scheduler-core',
  'scheduler-dashboard',
  'scheduler-express',
  'scheduler-testing',
  'scheduler-typeorm',
]

/** The command refuses an old Node before it loads anything that would fail there. */
const onOldNode = NODE_TOO_OLD.map(
  (version): Consumer => ({
    name: `create-on-node-${version}`,
    ours: ['create-scheduler'],
    installs: {},
    runtime: { kind: 'node', version },
    checks: [
      {
        name: 'refused in one sentence',
        async run({ exec }) {
          const command = ['node_modules/@pm/create-scheduler/dist/main.js', 'host', '--yes']
          const { code, stderr } = await exec('runtime', command, { mayFail: true })
          const sentence = `@pm/create-scheduler needs Node 22.14 or later, and this is Node ${version}.\n`
          if (code !== 1 || stderr !== sentence) throw new Error(`It exits with ${code} and says: ${stderr}`)
          return undefined
        },
      },
    ],
  }),
)

const projects = PROJECTS.map(
  (project): Consumer => ({
    name: `create-${project.framework}-${project.database}`,
    ours: OURS,
    installs: {},
    checks: [
      { name: 'made, installed, and its status served', run: (installed) => serve(project, installed) },
      ...['typecheck', 'test', 'build'].map((script) => ({
        name: `its script ${script}`,
        async run({ folder, exec }: Installed) {
          await exec('npm', ['--prefix', hostOf(folder), 'run', script])
          return undefined
        },
      })),
      {
        name: 'without what only builds, as in its Dockerfile',
        async run({ folder, exec }: Installed) {
          await exec('npm', ['--prefix', hostOf(folder), 'prune', '--omit=dev', ...NPM])
          return undefined
        },
      },
      { name: 'built, started, asked, ended', run: (installed) => start(project, installed) },
    ],
  }),
)

export const consumers: readonly Consumer[] = [...projects, ...onOldNode]

/** From the command to an answered status, by the script `dev`: what a stranger waits for. Tells the seconds. */
async function serve({ framework, database }: Project, installed: Installed): Promise<string> {
  const { folder, exec } = installed
  const from = performance.now()
  await exec('create-scheduler', [hostOf(folder), '--framework', framework, '--database', database])
  withPacked(folder)
  await exec('npm', ['--prefix', hostOf(folder), 'install', ...NPM], { timeoutMs: 600_000 })
  const installedAt = performance.now()
  const token = /^ADMIN_TOKEN=(.+)$/m.exec(readFileSync(join(hostOf(folder), '.env'), 'utf8'))?.[1]
  const child = spawn('npm', ['run', 'dev'], {
    cwd: hostOf(folder),
    env: { ...(await environment({ framework, database }, installed)), PORT: '0' },
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await addressSaidBy(child)
    const headers = { authorization: `Bearer ${token}` }
    const { status } = await fetch(`${address}/api/v1/admin/scheduler/status`, { headers })
    if (status !== 200) throw new Error(`The status is answered ${status}.`)
    const seconds = (until: number) => ((until - from) / 1_000).toFixed(1)
    return `${seconds(performance.now())} s, of which ${seconds(installedAt)} s until it was installed`
  } finally {
    await endGroup(child)
  }
}

async function start(project: Project, installed: Installed): Promise<undefined> {
  const { folder, runtime } = installed
  const env = await environment(project, installed)
  const problems = await problemsOfRun({ folder: hostOf(folder), node: runtime, env })
  rmSync(hostOf(folder), { recursive: true })
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** Ends what was started with `detached`, and all that it started, and waits until it is gone. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await ended
}

/** Beside the consumer's folder: within it, the project would find what it has not asked for. */
function hostOf(folder: string): string {
  return `${folder}-host`
}

/** The packages of ours are not on the registry yet: the project takes the tarballs that the consumer was given. */
function withPacked(folder: string): void {
  const packed = read(join(folder, 'package.json')).dependencies
  const path = join(hostOf(folder), 'package.json')
  const manifest = read(path)
  for (const ranges of [manifest.dependencies, manifest.devDependencies]) {
    for (const [name, range] of Object.entries(ranges)) ranges[name] = packed[name] ?? range
  }
  writeFileSync(path, JSON.stringify(manifest, null, 2))
}

function read(path: string): Record<'dependencies' | 'devDependencies', Record<string, string>> {
  return JSON.parse(readFileSync(path, 'utf8'))
}

async function environment({ database }: Project, { runtime, createDatabase }: Installed): Promise<NodeJS.ProcessEnv> {
  const { ADMIN_TOKEN: _token, HOST: _host, NODE_OPTIONS: _options, ...others } = process.env
  const PATH = `${join(runtime, '..')}:${process.env['PATH']}`
  return { ...others, PATH, ...(database === 'postgresql' && { DATABASE_URL: await createDatabase() }) }
}
