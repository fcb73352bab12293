import { readdirSync, readFileSync } from 'node:fs'

import { root } from '../project.ts'

/** What the head of one script says. */
export interface Finding {
  /** The name of its file. */
  readonly file: string
  /** What happens, in one sentence. */
  readonly title: string
  /** The versions on which it was seen. */
  readonly versions: string
}

/** What has to stand in the head of each script. */
const PARTS = ['The guess', 'Behaviour', 'Seen', 'Source'] as const

/**
 * The findings, by their names.
 *
 * @throws Error - a script lacks a part of its head, and the message names both.
 */
export function readFindings(): readonly Finding[] {
  const folder = new URL('findings/', root)
  const files = readdirSync(folder).filter((name) => name.endsWith('.sh'))
  return files.toSorted().map((file) => readHead(file, readFileSync(new URL(file, folder), 'utf8')))
}

export function readHead(file: string, script: string): Finding {
  const [, title = ''] = /^#!.*\n# (.+)\n/.exec(script) ?? []
  const [, versions = ''] = /^# Versions?: +((?:.+)(?:\n# {5,}.+)*)/m.exec(script) ?? []
  const missing = PARTS.filter((part) => !new RegExp(`^# ${part}: +\\S`, 'm').test(script))
  const lacks = [...(title ? [] : ['a title']), ...(versions ? [] : ['Version']), ...missing]
  if (lacks.length > 0) throw new Error(`findings/${file} has no ${lacks.join(', no ')} in its head.`)
  return { file, title, versions: versions.replaceAll(/\n# +/g, ' ') }
}

/** The list of all findings, as markdown. */
export function findingsList(findings: readonly Finding[]): string {
  return findings.map(({ file, title, versions }) => `- [${title}](${file})\\\n  ${versions}\n`).join('')
}

const MARK = '<!-- the list below is written by tools/repo/findings-page.ts -->\n\n'

/** The page with its list made anew. */
export function withList(page: string, findings: readonly Finding[]): string {
  const [text = ''] = page.split(MARK)
  return text + MARK + findingsList(findings)
}
