/**
 * Makes a project of each framework with the built `npm create @pm/scheduler`, and does what its README says: builds it,
 * tests it, starts it, asks it, ends it. Nothing is installed: `.ci/matrix` does all of it with packed packages.
 * `pnpm check:create`, after `pnpm build`.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { startEmbeddedPostgres } from '../embedded-postgres/src/index.ts'
import { linkPackages } from './create/link-packages.ts'
import { problemsOfRun } from './create/run-project.ts'
import { root } from './project.ts'

const exec = promisify(execFile)

/** What only the script `dev` needs, and this repository has not. */
const NOT_HERE = ['concurrently']

interface Project {
  readonly framework: string
  readonly database: string
  /** The tests are the same in all of them, so two run them: with decorators and without. */
  readonly scripts: readonly string[]
}

const PROJECTS: readonly Project[] = [
  { framework: 'nestjs', database: 'memory', scripts: ['build', 'test'] },
  { framework: 'express', database: 'postgresql', scripts: ['typecheck', 'build', 'test'] },
  { framework: 'fastify', database: 'memory', scripts: ['build'] },
  { framework: 'hono', database: 'memory', scripts: ['build'] },
]

const command = fileURLToPath(new URL('packages/create-scheduler/dist/main.js', root))
const into = mkdtempSync(join(tmpdir(), 'create-'))
const database = await startEmbeddedPostgres({ dataDir: join(into, 'postgresql'), durable: false })
/** Without what a shell of ours may have set for our own server. */
const { ADMIN_TOKEN: _token, PORT: _port, HOST: _host, NODE_OPTIONS: _options, ...others } = process.env
const env = { ...others, DATABASE_URL: database.url }

try {
  const waiting = [...PROJECTS]
  let failures = 0
  // Two at a time: as many as a small machine has processors.
  await Promise.all([take(), take()])
  process.exitCode = failures === 0 ? 0 : 1

  async function take(): Promise<void> {
    for (let project = waiting.shift(); project; project = waiting.shift()) {
      const from = performance.now()
      const problems = await problemsOf(project)
      const seconds = ((performance.now() - from) / 1_000).toFixed(1)
      const verdict = problems.length === 0 ? 'ok    ' : 'FAILED'
      console.log(
        `${verdict} ${project.framework}, ${project.database}: ${project.scripts.join(', ')}, start: ${seconds} s`,
      )
      for (const problem of problems) console.log(`       ${problem}`)
      failures += problems.length
    }
  }
} finally {
  await database.stop('immediate')
  rmSync(into, { recursive: true })
}

async function problemsOf({ framework, database, scripts }: Project): Promise<string[]> {
  const folder = join(into, `${framework}-${database}`)
  try {
    await exec(process.execPath, [command, folder, '--framework', framework, '--database', database], { env })
    linkPackages(folder, { except: NOT_HERE })
    for (const script of scripts) await exec('npm', ['run', script], { cwd: folder, env })
    return await problemsOfRun({ folder, env })
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string }
    return [`${message}\n${stdout}${stderr}`]
  }
}
