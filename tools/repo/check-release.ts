/**
 * Refuses a release while project.json holds placeholders, and until all packages have one version. Every package runs it
 * before it is published.
 */

import { readProject } from './project.ts'
import { publishedPackages } from './published-packages.ts'
import { releaseProblems } from './release-problems.ts'

const problems = releaseProblems(
  readProject(),
  publishedPackages().map(({ manifest }) => manifest),
)
for (const problem of problems) console.error(`Nothing can be released yet: ${problem}.`)
process.exitCode = problems.length === 0 ? 0 : 1
