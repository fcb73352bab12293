import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { placeholdersIn, readProject, root } from '../project.ts'
import { projectFiles } from '../project-files.ts'
import { publishedPackages } from '../published-packages.ts'
import { releaseProblems } from '../release-problems.ts'

const KNOWN = {
  owner: 'Example Ltd',
  repository: 'https://code.example.com/example/pm-scheduler',
  securityContact: 'security@example.com',
}

it.each(projectFiles(readProject()))(
  '$path says what project.json says (tools/repo/write-project.ts)',
  ({ path, text }) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(text)
  },
)

it('a package that is published names its page, its issues and its folder in the repository', () => {
  const files = projectFiles(KNOWN).filter(({ path }) => path === 'packages/scheduler-core/package.json')
  expect(files.map(({ text }) => JSON.parse(text))).toEqual([
    expect.objectContaining({
      license: 'MIT',
      homepage: 'https://code.example.com/example/pm-scheduler/tree/main/packages/scheduler-core#readme',
      bugs: 'https://code.example.com/example/pm-scheduler/issues',
      repository: {
        type: 'git',
        url: 'git+https://code.example.com/example/pm-scheduler.git',
        directory: 'packages/scheduler-core',
      },
    }),
  ])
})

it('a release is refused for each field that nobody has filled in, and for no other', () => {
  expect(placeholdersIn(KNOWN)).toEqual([])
  expect(placeholdersIn({ ...KNOWN, owner: '' })).toEqual(['owner'])
  expect(placeholdersIn({ ...KNOWN, securityContact: 'security@repository.invalid' })).toEqual(['securityContact'])
})

it('the check before publishing says what is missing: fields of project.json, and a version', () => {
  const check = spawnSync(process.execPath, [fileURLToPath(new URL('tools/repo/check-release.ts', root))], {
    encoding: 'utf8',
  })
  const packages = publishedPackages().map(({ manifest }) => manifest)
  const problems = releaseProblems(readProject(), packages)
  expect(check.status).toBe(problems.length > 0 ? 1 : 0)
  expect(check.stderr).toBe(problems.map((problem) => `Nothing can be released yet: ${problem}.\n`).join(''))
})

it('a release needs one version for all packages', () => {
  const a = { name: 'a', version: '0.1.0' }
  expect(releaseProblems(KNOWN, [a, { ...a, name: 'b' }])).toEqual([])
  expect(releaseProblems(KNOWN, [a, { name: 'b', version: '0.2.0' }])).toEqual([
    'the packages have 2 versions, and need one: 0.1.0, 0.2.0',
  ])
  expect(releaseProblems(KNOWN, [{ name: 'a', version: '0.0.0' }])).toEqual([
    'nothing has a version yet: run `pnpm changeset version`',
  ])
})

it('no package can be published without that check', () => {
  const manifests = projectFiles(readProject()).filter(({ path }) => path.endsWith('package.json'))
  for (const { text } of manifests) {
    expect(JSON.parse(text).scripts.prepublishOnly).toBe('node ../../tools/repo/check-release.ts')
  }
})
