/** Refuses a release while project.json holds placeholders. Every package runs it before it is published. */
import { placeholdersIn, readProject } from './project.ts'

const unknown = placeholdersIn(readProject())
if (unknown.length > 0) {
  console.error(
    `Nothing can be released yet: project.json holds placeholders for ${unknown.join(', ')}.\n` +
      'Fill them in, and run `node tools/repo/write-project.ts`.',
  )
  process.exitCode = 1
}
