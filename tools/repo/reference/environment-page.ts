import { globSync, readFileSync } from 'node:fs'

import { SETTINGS } from '../../../examples/portfolio-manager/src/config/settings.ts'
import { root } from '../project.ts'
import { tableOf } from './table.ts'

/** What the packages read. A test holds it to be all that their sources name. */
const OF_PACKAGES: Readonly<Record<string, string>> = {
  NODE_ENV:
    '`unsafeAllowAll` works only where it is `development` or `test`. Unset it is an unknown environment, in which nothing is open. The option `environment` says it where a runtime has no variables, and cannot overrule one that is set.',
}

/** docs/reference/environment.md, out of the settings of the sample and the sources of the packages. */
export function environmentPage(): string {
  const read = variablesOfPackages()
  return `${[
    INTRODUCTION,
    '## Packages',
    'The packages are configured by options, which the host passes. They read nothing else from the environment:',
    tableOf(
      ['variable', 'read by', ''],
      [...read].map(([name, packages]) => [
        `\`${name}\``,
        packages.map((one) => `\`@pm/${one}\``).join(', '),
        OF_PACKAGES[name] ?? '',
      ]),
    ),
    'The pages read nothing: their server writes what they need into the page.',
    '## The sample',
    'What `examples/portfolio-manager` accepts. [Its README](../../examples/portfolio-manager/README.md#environment) says what each is for, with its default. A variable that is empty counts as not set.',
    tableOf(
      ['variable', 'accepts', 'secret'],
      Object.entries(SETTINGS).map(([name, { allowed, secret }]) => [`\`${name}\``, allowed, secret ? 'yes' : '']),
    ),
  ].join('\n\n')}\n`
}

const INTRODUCTION = `# Environment variables

Every variable that the packages, the pages and the sample read.

This page is generated from their sources: \`pnpm docs:reference\` writes it.`

/** The variables that the sources of packages name, each with the packages that do. Throws for one that has no text here. */
function variablesOfPackages(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const sources = globSync('packages/scheduler-*/{src,app}/**/*.{ts,tsx}', { cwd: root })
  for (const path of sources.filter((name) => !/\.test(-d)?\./.test(name))) {
    const [, name = ''] = path.split('/')
    const text = readFileSync(new URL(path, root), 'utf8')
    for (const [, dotted, quoted] of text.matchAll(/process\.env(?:\.(\w+)|\['(\w+)'\])/g)) {
      const variable = dotted ?? quoted ?? ''
      if (!Object.hasOwn(OF_PACKAGES, variable)) throw new Error(`${path} reads ${variable}, which has no text`)
      found.set(variable, [...new Set([...(found.get(variable) ?? []), name])])
    }
  }
  return new Map([...found].map(([variable, packages]) => [variable, packages.toSorted()]))
}
