import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { placeOf, writeModule } from './modules.ts'
import type { Program } from './programs-of.ts'
import type { RunRequest, RunResult } from './run-messages.ts'

/** What a run printed, and what went wrong, as `page:line message`. */
export interface Ran {
  readonly printed: readonly string[]
  readonly problems: readonly string[]
}

export interface BlockRunner extends AsyncDisposable {
  run(program: Program): Promise<Ran>
}

const CHILD = fileURLToPath(new URL('run-child.ts', import.meta.url))

/** Runs modules in `processes` processes, each one module at a time. A process that ended is replaced. */
export function createBlockRunner(options: { readonly postgresUrl: string; readonly processes: number }): BlockRunner {
  const idle: ChildProcess[] = []
  const children = new Set<ChildProcess>()
  const waiting: Array<() => void> = []
  let free = options.processes
  let lastId = 0

  function start(): ChildProcess {
    const child = fork(CHILD, {
      execArgv: ['--conditions=@pm/source', '--enable-source-maps', '--disable-warning=ExperimentalWarning'],
      env: { ...process.env, BLOCKS_POSTGRES_URL: options.postgresUrl, NODE_ENV: 'development', VITEST: undefined },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    children.add(child)
    return child
  }

  return {
    async run(program) {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
      else free -= 1
      const child = idle.pop() ?? start()
      lastId += 1
      const database = program.text.includes('DATABASE_URL')
      const ran = await ask(child, program, { id: lastId, place: writeModule(program), database })
      if (child.exitCode === null && child.signalCode === null) idle.push(child)
      else children.delete(child)
      const next = waiting.shift()
      if (next) next()
      else free += 1
      return ran
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...children].map(end))
    },
  }
}

async function ask(child: ChildProcess, program: Program, request: RunRequest): Promise<Ran> {
  const { promise, resolve } = Promise.withResolvers<RunResult>()
  let said = ''
  const onError = (chunk: Buffer) => {
    said += chunk
  }
  const onExit = () => resolve({ id: request.id, printed: [], problems: [`The process ended. ${said}`] })
  const onMessage = (result: unknown) => resolve(result as RunResult)
  child.stderr?.on('data', onError)
  child.once('exit', onExit).once('message', onMessage)
  child.send(request)
  const { printed, problems } = await promise
  child.stderr?.off('data', onError)
  child.off('exit', onExit).off('message', onMessage)
  return { printed, problems: problems.map((stack) => toldOf(program, stack)) }
}

/** The message, with the innermost line of the page in its stack. Lines of the harness and of Node say nothing to a reader. */
function toldOf(program: Program, stack: string): string {
  const here = placeOf(program)
  const [, at] = stack.split(here)[1]?.match(/^(?:\?block=\d+)?:(\d+)/) ?? []
  const lines = stack.split('\n').filter((line) => !/^ +at .*(node:internal|tools\/docs\/src\/blocks)/.test(line))
  return `${program.page}:${at ?? program.line} ${lines.join('\n').replaceAll(`file://${here}`, program.page)}`
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
