import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { root } from '../project.ts'
import { readAudit } from '../supply/audit-answer.ts'
import { differences, type Piece } from '../supply/compare-pieces.ts'
import { EXPECTED } from '../supply/expected.ts'
import { type Manifest, manifestProblems } from '../supply/manifest-problems.ts'
import { bundledIn, piecesOf, type Sbom, tidySbom, withBundled } from '../supply/sbom.ts'
import { strangersIn, unpackedKb } from '../supply/tarball-files.ts'

const manifests: Manifest[] = readdirSync(new URL('packages/', root)).map((folder) =>
  JSON.parse(readFileSync(new URL(`packages/${folder}/package.json`, root), 'utf8')),
)

describe('the manifest of a package', () => {
  it.each(manifests)('$name is right', (manifest) => {
    expect(manifestProblems(manifest)).toEqual([])
  })

  it('names no dependency that nobody expects, and each published package is expected', () => {
    expect(Object.keys(EXPECTED)).toEqual(manifests.map(({ name }) => name))
    for (const { name, dependencies = {} } of manifests) {
      expect(Object.keys(EXPECTED[name]?.installs ?? {})).toEqual(expect.arrayContaining(Object.keys(dependencies)))
    }
  })

  it('has every runtime dependency in the guide, and each of others with a reason', () => {
    const page = readFileSync(new URL('docs/guides/supply-chain.md', root), 'utf8')
    const told = [...page.matchAll(/^\| `(@pm\/[a-z-]+)` +\| (.+?) +\|/gm)].map(([, name = '', cell = '']) => [
      name,
      [...cell.matchAll(/`(.+?)`/g)].map(([, dependency]) => dependency).sort(),
    ])
    const asked = manifests.map(({ name, dependencies = {} }) => [name, Object.keys(dependencies).sort()])
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(asked))
    const others = new Set(manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies)))
    const reasons = [...page.matchAll(/^\| `(.+?)` +\| \S.+\|$/gm)].map(([, name]) => name)
    expect([...others].filter((name) => !reasons.includes(name) && !name.startsWith('@pm/'))).toEqual([])
  })

  const [, good] = manifests as [Manifest, Manifest]
  it.each<[string, Partial<Manifest>, string]>([
    ['another license', { license: 'UNLICENSED' }, 'MIT'],
    ['no provenance', { publishConfig: { access: 'public' } }, 'provenance'],
    ['no access', { publishConfig: { provenance: true } }, 'access'],
    ['no sources', { files: ['dist', 'openapi'] }, 'sources'],
    ['a target that is not packed', { exports: { ...good.exports, './x': { import: './lib/x.js' } } }, '`files`'],
    ['a range of its own', { dependencies: { left: '^1.0.0', right: 'https://example.com/right.tgz' } }, 'left, right'],
    ['a script at installation', { scripts: { postinstall: 'node build.js' } }, 'when it is installed'],
    ['no word of Node', { engines: {} }, 'which Node'],
    ['no manifest among its exports', { exports: {} }, 'its manifest'],
  ])('with %s is refused', (_what, change, said) => {
    const problems = manifestProblems({ ...good, ...change })
    expect(problems).toContainEqual(expect.stringContaining(said))
  })

  it('without a word of side effects is refused', () => {
    const { sideEffects: _, ...silent } = good
    expect(manifestProblems(silent)).toEqual(['it does not say which files have side effects'])
  })
})

describe('what comes in', () => {
  const expected = { a: 'MIT', b: 'BSD-3-Clause' }
  const a: Piece = { name: 'a', version: '1.0.0', license: 'MIT' }
  const b: Piece = { name: 'b', version: '2.0.0', license: 'BSD-3-Clause' }

  it('is what is expected, in any version and order', () => {
    expect(differences(expected, [b, { ...a, version: '9.9.9' }])).toEqual([])
  })

  it('is named when nobody expects it, when its license changes, and when it is gone', () => {
    const found = [
      { ...a, license: 'GPL-3.0-only' },
      { name: 'c', version: '3.0.0', license: null },
    ]
    expect(differences(expected, found)).toEqual([
      'a@1.0.0 (GPL-3.0-only) was expected to be MIT',
      'c@3.0.0 (no license) comes in, and nobody expects it',
      'b is expected, and does not come in any more',
    ])
  })

  it.each(['constructor', '__proto__', 'toString'])('is never expected by a name that every object has: %s', (name) => {
    expect(differences({}, [{ ...a, name }])).toHaveLength(1)
  })

  it('agrees exactly when names and licenses are equal', () => {
    const licenses = [null, 'MIT', 'ISC']
    const sets = licenses.flatMap((x) => licenses.map((y) => Object.entries({ x, y })))
    for (const wanted of sets) {
      for (const found of sets) {
        const names = wanted.flatMap(([name, license]) => (license === null ? [] : [[name, license]]))
        const pieces = found.flatMap(([name, license]) =>
          license === null ? [] : [{ name, version: '1.0.0', license }],
        )
        const agree = JSON.stringify(wanted) === JSON.stringify(found)
        expect(differences(Object.fromEntries(names), pieces).length === 0).toBe(agree)
      }
    }
  })
})

describe('a bill of materials', () => {
  const component = (name: string, group?: string) => ({
    type: 'library',
    'bom-ref': `pkg:npm/${name}@1.0.0`,
    ...(group && { group }),
    name,
    version: '1.0.0',
    purl: `pkg:npm/${name}@1.0.0`,
    licenses: [{ license: { id: 'MIT' } }],
    description: 'left out',
    externalReferences: [
      { type: 'distribution', url: 'https://registry.example/a.tgz', hashes: [{ alg: 'SHA-512', content: 'ab' }] },
      { type: 'website', url: 'https://example.com' },
    ],
  })
  const made = {
    $schema: 'http://cyclonedx.org/schema/bom-1.7.schema.json',
    bomFormat: 'CycloneDX' as const,
    specVersion: '1.7',
    serialNumber: 'urn:uuid:1',
    version: 1,
    metadata: { timestamp: '2026-11-30T00:00:00Z', component: component('root') },
    components: [component('a'), component('core', '@pm')],
    dependencies: [{ ref: 'pkg:npm/root@1.0.0', dependsOn: ['pkg:npm/a@1.0.0'] }, { ref: 'pkg:npm/a@1.0.0' }],
  } satisfies Sbom & Record<string, unknown>

  it('keeps names, licenses and hashes, and neither time nor number of its making', () => {
    const tidy = tidySbom(made)
    expect(piecesOf(tidy)).toEqual([
      { name: 'a', version: '1.0.0', license: 'MIT' },
      { name: '@pm/core', version: '1.0.0', license: 'MIT' },
    ])
    expect(tidy.components[0]?.externalReferences).toEqual(made.components[0]?.externalReferences.slice(0, 1))
    expect(JSON.stringify(tidy)).not.toMatch(/left out|urn:uuid|timestamp|example\.com/)
    expect(
      tidySbom({ ...made, metadata: { component: component('root') }, components: made.components.toReversed() }),
    ).toEqual(tidy)
  })

  it('reads every way in which a license is named', () => {
    const licenses = [
      { license: { id: 'MIT' } },
      { license: { name: 'Public domain' } },
      { expression: '(MIT OR Apache-2.0)' },
    ]
    const named = licenses.map((license) => piecesOf({ components: [{ ...component('a'), licenses: [license] }] })[0])
    expect(named.map((piece) => piece?.license)).toEqual(['MIT', 'Public domain', '(MIT OR Apache-2.0)'])
    expect(piecesOf({ components: [{ ...component('a'), licenses: [] }] })[0]?.license).toBeNull()
  })

  it('lists what is bundled as what the package depends on', () => {
    const page = [
      '# Licenses',
      '## preact - 10.29.8 (MIT)',
      'Copyright',
      '## @scope/silent - 1.0.0',
      '## Terms of another text',
    ].join('\n\n')
    const bundled = bundledIn(page)
    expect(bundled).toEqual([
      { name: 'preact', version: '10.29.8', license: 'MIT' },
      { name: '@scope/silent', version: '1.0.0', license: null },
    ])
    const whole = withBundled(tidySbom(made), bundled)
    expect(piecesOf(whole).slice(2)).toEqual(bundled)
    expect(whole.dependencies.find(({ ref }) => ref === 'pkg:npm/root@1.0.0')?.dependsOn).toEqual([
      'pkg:npm/a@1.0.0',
      'pkg:npm/preact@10.29.8',
      'pkg:npm/%40scope/silent@1.0.0',
    ])
  })
})

describe('the answer of the registry about advisories', () => {
  it('is none, or a line for each', () => {
    expect(readAudit('{"advisories":{},"metadata":{}}')).toEqual({ kind: 'none' })
    const advisory = { module_name: 'a', severity: 'high', title: 'Slow pattern', url: 'https://example.com/1' }
    expect(readAudit(JSON.stringify({ advisories: { 7: advisory } }))).toEqual({
      kind: 'found',
      advisories: ['high, a, Slow pattern, https://example.com/1'],
    })
  })

  it.each([
    ['', 'it said nothing'],
    [
      'Error: BAD_RESPONSE\n\n  × The endpoint\n  │ responded with 405',
      'Error: BAD_RESPONSE The endpoint responded with 405',
    ],
    ['{"error":{"code":"ERR_PNPM_AUDIT","message":"responded with 404"}}', 'ERR_PNPM_AUDIT: responded with 404'],
    ['[]', '[]'],
    ['null', 'null'],
    ['{"advisories":[]}', '{"advisories":[]}'],
  ])('that is no report does not pass for none: %s', (text, why) => {
    expect(readAudit(text)).toEqual({ kind: 'no-answer', why })
  })
})

describe('a tarball', () => {
  it('has the build, the sources and the documents', () => {
    const paths = [
      'LICENSE',
      'README.md',
      'package.json',
      'dist/index.js',
      'dist/index.js.map',
      'dist/chunk-AB12.cjs',
      'dist/contract/v1.d.cts',
      'dist/sbom.cdx.json',
      'dist/app/licenses.md',
      'dist/app/assets/main-Gnes-ag0.js',
      'docs/guides/jobs.md',
      'openapi/admin-v1.json',
      'src/plan/plan-tick.ts',
      'templates/shared/_gitignore',
      'templates/shared/Dockerfile',
      'templates/nestjs/src/app.module.ts',
    ]
    expect(strangersIn(paths.map((path) => ({ path, size: 1_500 })))).toEqual([])
    expect(unpackedKb(paths.map((path) => ({ path, size: 1_500 })))).toBe(24)
  })

  it.each([
    'src/plan/plan-tick.test.ts',
    'src/job/job.test-d.ts',
    '.npmrc',
    'src/.env',
    'dist/app/assets/main.js.map',
    'test/host.ts',
    'dist/index.js.map~',
    'node_modules/a/index.js',
    'tsconfig.json',
    'templates/shared/.env',
    'templates/shared/node_modules/a.ts',
  ])('has no %s', (path) => {
    expect(strangersIn([{ path, size: 1 }])).toEqual([path])
  })
})
