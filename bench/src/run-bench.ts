/** The process of one bench: its arguments are what it is to do, its message is what it found. */
import type { BenchInput, BenchOptions, RunBench } from './bench.ts'
import type { OptionValue } from './result.ts'

export interface BenchTask {
  readonly name: string
  readonly options: Readonly<Record<string, OptionValue>>
  readonly isQuick: boolean
  readonly beside: string | undefined
}

const { name, ...task }: BenchTask = JSON.parse(process.argv[2] ?? '{}')
// Ends whatever it has started, too.
process.once('SIGTERM', () => process.exit(1))
process.once('disconnect', () => process.exit(1))

const { run } = (await import(`./${name}/run.ts`)) as { readonly run: RunBench<BenchOptions> }
const tell = (progress: string) => void process.stderr.write(`  ${progress}\n`)
const input: BenchInput<BenchOptions> = { ...task, tell }
const findings = await run(input)
process.send?.(findings, () => process.exit())
