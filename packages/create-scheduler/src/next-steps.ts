import type { Choices } from './choices.ts'
import type { PackageManager } from './package-manager.ts'

/** What to type next, one command a line. */
export function nextSteps({ folder, database }: Choices, { install, run }: PackageManager): string {
  return [
    ...(folder === '.' ? [] : [`cd ${quoted(folder)}`]),
    install,
    ...(database === 'postgresql' ? ['# let DATABASE_URL in .env name a database that exists'] : []),
    run('dev'),
  ].join('\n')
}

/** As a shell takes it for one word, whatever it has. */
function quoted(word: string): string {
  return /^[\w./@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
