/**
 * Prints what failed, each with the first lines of its error of our own code, and then the sum of the test runner's own counts
 * in the reports of all lanes as `N passed, N failed`; exits non-zero when a lane ran none or any failed.
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

const reports = process.argv.slice(2).map(read)
for (const line of reports.flatMap(({ testResults }) => testResults.flatMap(failuresOf))) console.log(line)
const passed = sum(reports.map(({ numPassedTests }) => numPassedTests))
const failed = sum(reports.map(failedIn))
console.log(`${passed} passed, ${failed} failed`)
const ranAll = reports.length > 0 && reports.every(({ numPassedTests }) => numPassedTests > 0)
process.exitCode = failed === 0 && ranAll ? 0 : 1

/** A file that could not even be loaded has no tests to count, and still is a failure. */
function failedIn({ success, numFailedTests, numFailedTestSuites }: Report): number {
  return numFailedTests + (success || numFailedTests > 0 ? 0 : Math.max(1, numFailedTestSuites))
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

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
