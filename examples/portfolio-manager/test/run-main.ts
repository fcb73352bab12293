import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process of the application, started as `pnpm start` starts it. */
export interface MainProcess {
  readonly child: ChildProcess
  /** What it has printed so far. */
  readonly stdout: string
  readonly stderr: string
  /** Resolves when the process has ended, with its exit code or the signal that killed it. */
  readonly exited: Promise<number | NodeJS.Signals>
  /** Resolves with the first match in its output; rejects when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
}

/** Starts the application with this environment and PATH only. */
export function runMain(
  environment: Readonly<Record<string, string>>,
  givenArguments: readonly string[] = [],
): MainProcess {
  const child = spawn(process.execPath, ['--conditions=@pm/source', MAIN, ...givenArguments], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? -1))
  })

  return {
    child,
    exited,
    get stdout() {
      return stdout
    },
    get stderr() {
      return stderr
    },
    printed(pattern) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout)
          if (match === null) return
          child.stdout.off('data', look)
          resolve(match)
        }
        child.stdout.on('data', look)
        look()
        void exited.then((end) =>
          reject(new Error(`It ended (${end}) without printing ${pattern}:\n${stdout}${stderr}`)),
        )
      })
    },
  }
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
