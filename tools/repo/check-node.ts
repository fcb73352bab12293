/**
 * Loads every entry of the built packages on real versions of Node, as ES module and as CommonJS: on an old one each
 * says in one sentence what it needs, and on the lowest that we promise each loads. `pnpm check:node`, after `pnpm build`.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { root } from './project.ts'

const OLD = ['18.20.8', '20.19.5']
const FLOOR = '22.14.0'
const SENTENCE = 'needs Node 22.14 or later'

/** These run in a browser, or under a test runner that has a floor of its own. */
const ELSEWHERE = ['./package.json', './client', './contract', './conformance', './jest', './vitest']

/** Runs on any Node: prints what came of each entry, one line of JSON. */
const PROGRAM = `
import { createRequire } from 'node:module'
const require = createRequire(process.cwd() + '/package.json')
const outcomes = []
for (const entry of process.argv.slice(1)) {
  for (const [kind, load] of [['import', () => import(entry)], ['require', async () => require(entry)]]) {
    outcomes.push({ call: kind + ' ' + entry, problem: await load().then(() => null, (error) => error.message) })
  }
}
console.log(JSON.stringify(outcomes))
`

interface Outcome {
  readonly call: string
  /** What was thrown; `null` when the entry was loaded. */
  readonly problem: string | null
}

let failures = 0
for (const version of [...OLD, FLOOR]) {
  const node = execFileSync('npx', ['-y', `node@${version}`, '-p', 'process.execPath'], { encoding: 'utf8' }).trim()
  const outcomes = publishedPackages().flatMap(({ cwd, entries }) => load({ node, cwd, entries }))
  const wrong = outcomes.filter(({ problem }) =>
    version === FLOOR ? problem !== null : problem?.includes(SENTENCE) !== true,
  )
  for (const { call, problem } of wrong) console.log(`FAILED Node ${version}: ${call}: ${problem ?? 'was loaded'}`)
  if (wrong.length === 0) {
    console.log(`ok     Node ${version}: ${outcomes.length} calls ${version === FLOOR ? 'load' : 'are refused'}`)
  }
  failures += wrong.length
}
process.exitCode = failures === 0 ? 0 : 1

function publishedPackages(): { cwd: string; entries: string[] }[] {
  return readdirSync(new URL('packages/', root)).flatMap((folder) => {
    const directory = new URL(`packages/${folder}/`, root)
    const manifest = JSON.parse(readFileSync(new URL('package.json', directory), 'utf8'))
    if (manifest.private) return []
    const subpaths = Object.keys(manifest.exports).filter((path) => !path.includes('*'))
    const ours = subpaths.filter((path) => !ELSEWHERE.some((one) => path === one || path.startsWith(`${one}/`)))
    return [{ cwd: fileURLToPath(directory), entries: ours.map((path) => `${manifest.name}${path.slice(1)}`) }]
  })
}

function load({ node, cwd, entries }: { node: string; cwd: string; entries: readonly string[] }): Outcome[] {
  const args = ['--no-warnings', '--input-type=module', '-e', PROGRAM, '--', ...entries]
  return JSON.parse(execFileSync(node, args, { cwd, encoding: 'utf8' }))
}
