/**
 * Checks what an installation of each published package brings, and what its tarball carries, against
 * `supply/expected.ts`; asks the registry for advisories; writes each package's bill of materials into its `dist`.
 * `pnpm check:supply`, after `pnpm build`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { root } from './project.ts'
import { readAudit } from './supply/audit-answer.ts'
import { differences, type Piece } from './supply/compare-pieces.ts'
import { EXPECTED } from './supply/expected.ts'
import { installScriptsOf, type Manifest, manifestProblems } from './supply/manifest-problems.ts'
import { bundledIn, piecesOf, type Sbom, tidySbom, withBundled } from './supply/sbom.ts'
import { type PackedFile, strangersIn, unpackedKb } from './supply/tarball-files.ts'

let failures = 0

for (const folder of readdirSync(new URL('packages/', root))) {
  const directory = new URL(`packages/${folder}/`, root)
  const manifest: Manifest & { private?: boolean } = readJson(new URL('package.json', directory))
  if (manifest.private) continue
  const { name } = manifest
  const expected = EXPECTED[name] ?? { installs: {}, unpackedKb: 0 }

  if (!existsSync(new URL('dist/', directory))) {
    report(name, ['it is not built: run `pnpm build`'])
    continue
  }

  const installed = parseAs<Sbom>(
    ask('pnpm', ['--filter', name, 'sbom', '--prod', '--exclude-peers', '--sbom-format', 'cyclonedx']),
  )
  const bundled = bundledOf(directory)
  const sbom = JSON.stringify(withBundled(tidySbom(installed), bundled))
  writeFileSync(new URL('dist/sbom.cdx.json', directory), `${sbom}\n`)
  const files = packedFiles(directory)
  const size = unpackedKb(files)

  const pieces = piecesOf(installed)
  report(`${name}: ${pieces.length} packages, ${files.length} files of ${size} KB, a bill of ${sbom.length} bytes`, [
    ...manifestProblems(manifest),
    ...differences(expected.installs, pieces),
    ...differences(expected.bundles ?? {}, bundled),
    ...pieces.filter(runsAtInstall).map((piece) => `${piece.name}@${piece.version} runs a script when it is installed`),
    ...strangersIn(files).map((path) => `${path} is in the tarball`),
    ...(size > expected.unpackedKb ? [`${size} KB are more than the ${expected.unpackedKb} that are expected`] : []),
  ])
}

const answer = readAudit(ask('pnpm', ['audit', '--prod', '--json']))
if (answer.kind === 'no-answer') console.log(`skipped advisories: the registry gave no answer (${answer.why})`)
else report('advisories', answer.kind === 'found' ? answer.advisories : [])

process.exitCode = failures === 0 ? 0 : 1

function report(what: string, problems: readonly string[]): void {
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${what}`)
  for (const problem of problems) console.log(`       ${problem}`)
  if (problems.length > 0) failures++
}

/** What a command prints. `pnpm audit` exits with 1 where it finds something, too, so its code says nothing. */
function ask(command: string, args: readonly string[], directory = root): string {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: fileURLToPath(directory), encoding: 'utf8' })
  if (error) throw error
  return stdout.trim() === '' ? stderr : stdout
}

function parseAs<T>(text: string): T {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`JSON was expected, and this came:\n${text}`)
  }
}

/** What Vite has built into the pages of a package that has pages. */
function bundledOf(directory: URL): Piece[] {
  const licenses = new URL('dist/app/licenses.md', directory)
  return existsSync(licenses) ? bundledIn(readFileSync(licenses, 'utf8')) : []
}

function packedFiles(directory: URL): PackedFile[] {
  const packed = parseAs<{ files: PackedFile[] }[]>(ask('npm', ['pack', '--dry-run', '--json'], directory))
  return packed[0]?.files ?? []
}

/** Whether the installed package has a script that npm would run. */
function runsAtInstall({ name, version }: Piece): boolean {
  const store = `node_modules/.pnpm/${name.replace('/', '+')}@${version}*/node_modules/${name}/package.json`
  return globSync(store, { cwd: fileURLToPath(root) }).some(
    (path) => installScriptsOf(readJson(new URL(path, root))).length > 0,
  )
}

function readJson<T>(path: URL): T {
  return parseAs(readFileSync(path, 'utf8'))
}
