import { readFileSync } from 'node:fs'

/** Whose project this is, and where it lives. `project.json` is the one file that says so; it holds placeholders until then. */
export interface Project {
  /** The holder of the copyright. */
  readonly owner: string
  /** The address of the repository in a browser, without `.git`. */
  readonly repository: string
  /** Where a vulnerability is reported: an email address or a page. */
  readonly securityContact: string
}

export const root = new URL('../../', import.meta.url)

export function readProject(): Project {
  return JSON.parse(readFileSync(new URL('project.json', root), 'utf8'))
}

/** The fields that are not known yet. Nothing may be released while there are any. */
export function placeholdersIn(project: Project): string[] {
  return Object.entries(project)
    .filter(([, value]) => value === '' || /\bOWNER\b|\.invalid\b/.test(value))
    .map(([field]) => field)
}
