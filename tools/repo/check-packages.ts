/**
 * Packs every published package and checks the tarball as a consumer would meet it: publint, are-the-types-wrong, and
 * that the license and the pages that its README links to are in it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { packPackage, publishedPackages } from './published-packages.ts'
import { strayLinksOfTarball } from './ship/links-of-tarball.ts'

const root = join(import.meta.dirname, '../..')
const into = mkdtempSync(join(tmpdir(), 'packages-'))
let failures = 0

/** What an editor reads for core. They grow fast where a type repeats a table or a schema instead of naming it. */
const DECLARATIONS_LIMIT_BYTES = 335_000

/** Each file takes Node longer to find than to read. They become more when entries of core share more of its code. */
const INDEX_FILES_LIMIT = 12

for (const one of publishedPackages()) {
  const { path: cwd, manifest } = one
  const tarball = await packPackage(one, into)
  const isFine = [
    run(cwd, 'publint', ['run', tarball, '--strict']),
    run(cwd, 'attw', [tarball, '--profile', 'node16', '--exclude-entrypoints', './package.json']),
    run(cwd, 'tar', ['-tf', tarball, 'package/LICENSE']),
    hasItsPages(tarball),
  ].every(Boolean)
  console.log(`${isFine ? 'ok    ' : 'FAILED'} ${manifest.name}`)
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

function run(cwd: string, command: string, args: readonly string[]): boolean {
  const bin = command === 'tar' ? command : join(root, 'node_modules/.bin', command)
  try {
    execFileSync(bin, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    return true
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    console.log(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`)
    return false
  }
}
