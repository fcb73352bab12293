/**
 * Packs every published package and checks the tarball as a consumer would meet it: publint, are-the-types-wrong, and
 * that the license is in it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const into = mkdtempSync(join(tmpdir(), 'packages-'))
let failures = 0

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
  ].every(Boolean)
  console.log(`${isFine ? 'ok    ' : 'FAILED'} ${name}`)
  if (!isFine) failures++
}

rmSync(into, { recursive: true })
process.exitCode = failures === 0 ? 0 : 1

function run(cwd: string, command: string, args: readonly string[]): boolean {
  const bin = command === 'pnpm' || command === 'tar' ? command : join(root, 'node_modules/.bin', command)
  try {
    execFileSync(bin, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
    return true
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    console.log(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}`)
    return false
  }
}
