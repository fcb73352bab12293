import type { PackageManifest } from '../../tools/repo/published-packages.ts'
import type { Consumer, Runtime } from '../consumer.ts'
import { NODE_TOO_OLD } from '../versions.ts'
import { DEFAULT_RUNTIME } from './install.ts'

const RUNTIMES: Readonly<Record<Runtime['kind'], string>> = { node: 'Node', bun: 'Bun', deno: 'Deno' }

/** What hosts choose the version of, in the order of the page; a package that no consumer installs has no row. */
const CHOSEN: Readonly<Record<string, string>> = {
  typescript: 'TypeScript',
  express: 'Express',
  next: 'Next.js',
  pg: 'pg',
  typeorm: 'TypeORM',
  'pg-boss': 'pg-boss',
  bullmq: 'BullMQ',
  ioredis: 'ioredis',
  '@opentelemetry/api': '@opentelemetry/api',
  jest: 'Jest',
  'ts-jest': 'ts-jest',
  vitest: 'Vitest',
  esbuild: 'esbuild',
  vite: 'Vite',
}

/** docs/reference/supported.md, out of the consumers and of what our manifests ask for. */
export function supportedPage(consumers: readonly Consumer[], manifests: readonly PackageManifest[]): string {
  const tooOld: readonly string[] = NODE_TOO_OLD
  const runtimes = Object.entries(RUNTIMES).map(([kind, name]) => {
    const versions = consumers
      .map(({ runtime = DEFAULT_RUNTIME }) => runtime)
      .filter((runtime) => runtime.kind === kind && !tooOld.includes(runtime.version))
      .map(({ version }) => version)
    return { name, versions, asked: kind === 'node' ? askedOf(manifests, ({ engines }) => engines?.node) : '' }
  })
  const packages = Object.entries(CHOSEN).map(([id, name]) => ({
    name,
    versions: consumers.flatMap(({ installs }) => installs[id] ?? []),
    asked: askedOf(manifests, ({ peerDependencies }) => peerDependencies?.[id]),
  }))
  const rows = [...runtimes, ...packages].filter(({ versions }) => versions.length > 0)
  return `# Supported versions

Written by \`node tools/repo/supported-page.ts\` from the consumers in \`integrations/\`. \`.ci/matrix\` packs the packages, installs them into each consumer
with npm, and runs its checks, before every release.

| | tried with | the packages ask for |
| --- | --- | --- |
${rows.map(({ name, versions, asked }) => `| ${name} | ${inOrder(versions).join(', ')} | ${asked} |`).join('\n')}

On Node ${inOrder(NODE_TOO_OLD).join(', ')} every entry is refused at import, in one sentence that names the Node that is needed.
\`@pm/scheduler-core/client\` and \`/contract/…\`, which browsers load, work there as well.

TypeScript finds the declarations by \`moduleResolution\` \`nodenext\`, \`node16\`, \`bundler\` and the old \`node10\` (which TypeScript 6 deprecates and 7 has no more),
in programs of ES modules and of CommonJS, with \`strict\`, \`exactOptionalPropertyTypes\` and \`skipLibCheck: false\`.

## What is checked

| consumer | checks |
| --- | --- |
${consumers.map(({ name, checks }) => `| ${name} | ${checks.map((check) => check.name).join('; ')} |`).join('\n')}
`
}

/** What manifests ask for; all that ask ask for the same. */
function askedOf(
  manifests: readonly PackageManifest[],
  read: (manifest: PackageManifest) => string | undefined,
): string {
  const asked = [...new Set(manifests.flatMap((manifest) => read(manifest) ?? []))]
  return asked.map((range) => `\`${range.replaceAll('|', '\\|')}\``).join(', ')
}

/** Each once, from the lowest. */
function inOrder(versions: readonly string[]): string[] {
  return [...new Set(versions)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
