import v8 from '@vitest/coverage-v8'
import type { CoverageProviderModule } from 'vitest/node'

/**
 * V8's coverage in the workers of the project that has `MEASURED` in its environment, and none in the others: a process that
 * counts its branches runs up to three times as long, in every file and not only in those that are measured.
 */
const measured: CoverageProviderModule = process.env['MEASURED']
  ? v8
  : { getProvider: () => v8.getProvider(), startCoverage() {}, takeCoverage() {}, stopCoverage() {} }

export default measured
