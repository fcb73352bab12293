import type { Choices } from './choices.ts'
import type { PackageManager } from './package-manager.ts'

/** What to type next, one command a line. */
export function nextSteps({ folder, database }: Choices, { install, run }: PackageManager): string {
  return [
    ...(folder === '.' ? [] : [`cd ${/[\s'"$&]/.test(folder) ? JSON.stringify(folder) : folder}`]),
    install,
    ...(database === 'postgresql' ? ['# let DATABASE_URL in .env name a database that exists'] : []),
    run('dev'),
  ].join('\n')
}
