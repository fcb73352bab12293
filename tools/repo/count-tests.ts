/**
 * Prints what failed, each with the first lines of its error of our own code, and then the test runner's own counts as
 * `N passed, N failed`; exits non-zero when none ran or any failed.
 */
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly success: boolean
  readonly testResults: readonly FileResult[]
}

interface FileResult {
  readonly name: string
  readonly status: string
  /** Why the file could not be loaded, if it could not. */
  readonly message: string
  readonly assertionResults: readonly TestResult[]
}

interface TestResult {
  readonly fullName: string
  readonly status: string
  readonly failureMessages: readonly string[]
}

const LINES_OF_AN_ERROR = 20

const [, , path = ''] = process.argv
const report = read(path)
for (const line of report.testResults.flatMap(failuresOf)) console.log(line)
// A file that could not even be loaded has no tests to count, and still is a failure.
const failed =
  report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : Math.max(1, report.numFailedTestSuites))
console.log(`${report.numPassedTests} passed, ${failed} failed`)
process.exitCode = failed === 0 && report.numPassedTests > 0 ? 0 : 1

function failuresOf(file: FileResult): string[] {
  const name = relative('.', file.name)
  const tests = file.assertionResults.filter((test) => test.status === 'failed')
  if (tests.length === 0 && file.status === 'failed') return [`FAILED ${name}`, indented(file.message)]
  return tests.flatMap((test) => [
    `FAILED ${name} > ${test.fullName}`,
    ...test.failureMessages.map((message) => indented(message)),
  ])
}

function indented(message: string): string {
  const lines = message.split('\n').filter((line) => !line.includes('node_modules'))
  return lines
    .slice(0, LINES_OF_AN_ERROR)
    .map((line) => `  ${line}`)
    .join('\n')
}

function read(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1, success: false, testResults: [] }
  }
}
