/** `pnpm bench`: runs all benches or some, and keeps what they found. */
import { helpText, listText } from './cli/help.ts'
import { type RunCommand, readCommand } from './cli/read-command.ts'
import { UsageError } from './cli/usage-error.ts'
import { measure } from './measure.ts'
import { writePages } from './readme/write-pages.ts'
import { BENCHES } from './registry.ts'
import { resultText } from './report/print.ts'
import { writeResult } from './report/results-folder.ts'

try {
  const command = readCommand(process.argv.slice(2), BENCHES)
  if (command.kind === 'help') console.info(helpText(command.bench, BENCHES))
  else if (command.kind === 'list') console.info(listText(BENCHES))
  else if (command.kind === 'readme') await writePages()
  else await run(command)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 2
}

/** One bench after another. One that fails leaves its kept result as it was, and the others go on. */
async function run(command: RunCommand): Promise<void> {
  const failed: string[] = []
  for (const [index, { bench, options }] of command.benches.entries()) {
    process.stderr.write(`${bench.name} (${index + 1} of ${command.benches.length}): ${bench.measures}\n`)
    if (command.beside !== undefined && !bench.takesBeside) process.stderr.write('  measures this build alone\n')
    try {
      const result = await measure(bench, { ...command, options }, command.isLimited)
      console.info(resultText(bench, result))
      if (command.isSaved) writeResult(result)
    } catch (error) {
      process.stderr.write(`  ${bench.name} failed: ${String(error)}\n`)
      failed.push(bench.name)
    }
  }
  if (command.isSaved) await writePages()
  if (failed.length === 0) return
  console.error(`\nFailed: pnpm bench ${failed.join(' ')} repeats them.`)
  process.exitCode = 1
}
