/**
 * Packs every published package and checks the tarball as a consumer would meet it: publint, are-the-types-wrong, and
 * that the license and the pages that its README links to are in it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { bundleSize } from './bundle-size.ts'
import { strayLinksOfTarball } from './ship/links-of-tarball.ts'

const root = join(import.meta.dirname, '../..')
const into = mkdtempSync(join(tmpdir(), 'packages-'))
let failures = 0

/** Everything that a browser may have to load for the pages. */
const BUNDLE_LIMIT_BYTES = 150_000

/** What an editor reads for core. They grow fast where a type repeats a table or a schema instead of naming it. */
const DECLARATIONS_LIMIT_BYTES = 335_000

/** Each file takes Node longer to find than to read. They become more when entries of core share more of its code. */
const INDEX_FILES_LIMIT = 12

/** What one schema of the contract adds to a page; the smallest possible one of zod takes 25,000 of it. */
const SCHEMA_LIMIT_BYTES = { health: 26_000, problem: 30_000, jobConfigBody: 33_000, job: 49_000, config: 49_500 }

for (const folder of readdirSync(join(root, 'packages'))) {
  const cwd = join(root, 'packages', folder)
  const { name, private: isPrivate } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
  if (isPrivate) continue
  run(cwd, 'pnpm', ['pack', '--pack-destination', into])
  const tarball = join(into, readdirSync(into).find((file) => file.startsWith(`pm-${folder}-`)) ?? '')
  const isFine = [
    run(cwd, 'publint', ['run', tarball, '--strict']),
    run(cwd, 'attw', [tarball, '--profile', 'node16', '--exclude-entrypoints', './package.json']),
    run(cwd, 'tar', ['-tf', tarball, 'package/LICENSE']),
    hasItsPages(tarball),
  ].every(Boolean)
  console.log(`${isFine ? 'ok    ' : 'FAILED'} ${name}`)
  if (!isFine) failures++
}

const declared = declarationsOf(join(root, 'packages/scheduler-core/dist'))
console.log(`${declared <= DECLARATIONS_LIMIT_BYTES ? 'ok    ' : 'FAILED'} declarations of core: ${declared} bytes`)
if (declared > DECLARATIONS_LIMIT_BYTES) failures++

const files = loadedWith(join(root, 'packages/scheduler-core/dist/index.js'))
console.log(
  `${files <= INDEX_FILES_LIMIT ? 'ok    ' : 'FAILED'} core is loaded from ${files} of ${INDEX_FILES_LIMIT} files`,
)
if (files > INDEX_FILES_LIMIT) failures++

const bundled = bundleOf(join(root, 'packages/scheduler-dashboard/dist/app'))
const fits = bundled > 0 && bundled <= BUNDLE_LIMIT_BYTES
console.log(`${fits ? 'ok    ' : 'FAILED'} the pages: ${bundled} of ${BUNDLE_LIMIT_BYTES} bytes, gzipped, in all`)
if (!fits) failures++

for (const [name, limit] of Object.entries(SCHEMA_LIMIT_BYTES)) {
  const from = '@pm/scheduler-core/contract/v2'
  const size = await bundleSize({ name, from, resolveDir: join(root, 'packages/scheduler-testing') })
  console.log(`${size <= limit ? 'ok    ' : 'FAILED'} the schema ${name} in a page: ${size} of ${limit} bytes, gzipped`)
  if (size > limit) failures++
}

for (const flags of [
  ['-e', "require('@pm/scheduler-dashboard')"],
  ['--input-type=module', '-e', "import '@pm/scheduler-dashboard'"],
])
  if (!run(join(root, 'examples/portfolio-manager'), process.execPath, flags)) failures++

rmSync(into, { recursive: true })
process.exitCode = failures === 0 ? 0 : 1

/** Of ES modules; those of CommonJS say the same again. */
function declarationsOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))
  return files.reduce((bytes, file) => bytes + statSync(join(folder, file)).size, 0)
}

/** Whether no link of its README and pages leaves the tarball, but for addresses. */
function hasItsPages(tarball: string): boolean {
  const stray = strayLinksOfTarball(tarball)
  for (const link of stray) console.log(`leads out of the package: ${link}`)
  return stray.length === 0
}

/** How many files an ES module loads with itself. */
function loadedWith(file: string, loaded = new Set<string>()): number {
  loaded.add(file)
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) [^'"]*?['"](\.[^'"]+)['"]/gm)) {
    if (!loaded.has(join(file, '..', path))) loadedWith(join(file, '..', path), loaded)
  }
  return loaded.size
}

/** The files of the built pages, each gzipped as it is sent. */
function bundleOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce(
    (bytes, { parentPath, name }) => bytes + gzipSync(readFileSync(join(parentPath, name))).byteLength,
    0,
  )
}

function run(cwd: string, command: string, args: readonly string[]): boolean {
  const bin =
    command === 'pnpm' || command === 'tar' || command === process.execPath
      ? command
      : join(root, 'node_modules/.bin', command)
  try {
    execFileSync(bin, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    return true
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    console.log(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`)
    return false
  }
}
