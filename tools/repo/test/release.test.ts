import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../project.ts'
import { publishedPackages } from '../published-packages.ts'

const repository = fileURLToPath(root)
const packages = publishedPackages()
let copy: string

/** What the next release would be: `changeset version` on a copy of the manifests and the notes. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'release-'))
  const manifests = globSync('{package.json,{packages,examples,tools}/*/package.json,bench/package.json}', {
    cwd: repository,
  })
  for (const path of ['pnpm-workspace.yaml', '.changeset', ...manifests]) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    cpSync(join(repository, path), join(copy, path), { recursive: true })
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: copy })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git('commit', '--quiet', '--message', 'before the release')
  execFileSync(process.execPath, [join(repository, 'node_modules/@changesets/cli/bin.js'), 'version'], { cwd: copy })
})
afterAll(() => rmSync(copy, { recursive: true }))

it('gives all packages one version, and the first of all is 0.1.0', () => {
  const before = packages.map(({ manifest }) => manifest.version)
  const after = packages.map(({ folder }) => manifestIn(folder).version)
  expect(new Set(after).size).toBe(1)
  if (before.includes('0.0.0')) expect(after[0]).toBe('0.1.0')
})

it('leaves ranges among our packages to the workspace, so that packing writes the new version', () => {
  for (const { folder, manifest } of packages) {
    const { dependencies = {}, peerDependencies = {} } = manifestIn(folder)
    expect(peerDependencies).toEqual(manifest.peerDependencies ?? {})
    for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      if (name.startsWith('@pm/')) expect(range).toBe('workspace:^')
    }
  }
})

it('writes what each package does into its CHANGELOG, in words and without hashes', () => {
  for (const { folder, manifest } of packages) {
    const path = join(copy, 'packages', folder, 'CHANGELOG.md')
    if (manifest.version !== '0.0.0' && !existsSync(path)) continue
    const text = readFileSync(path, 'utf8')
    expect(text).toMatch(/^# @pm\/[a-z-]+\n\n## 0\.1\.0\n[\s\S]*\nThe first release: /)
    expect(text).not.toMatch(/^- [0-9a-f]{7}:|Updated dependencies/m)
  }
})

function manifestIn(folder: string): (typeof packages)[number]['manifest'] {
  return JSON.parse(readFileSync(join(copy, 'packages', folder, 'package.json'), 'utf8'))
}
