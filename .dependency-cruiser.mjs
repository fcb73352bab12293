import { ROOMS } from './tools/repo/rooms.mjs'

/** Which way imports point. docs/architecture.md says it in words. */
const core = '^packages/scheduler-core/src'
const tests = '\\.test(-d)?\\.ts$'

/** The files of a room, without those of the rooms inside it. */
const filesOf = (name) => (room) =>
  `^packages/${name}/src/${room.endsWith('/') ? `${room}[^/]+` : room.replace('.', '\\.')}$`

const layers = Object.entries(ROOMS).flatMap(([name, purposes]) => {
  const rooms = Object.keys(purposes)
  const files = rooms.map(filesOf(name))
  const upwards = rooms.slice(0, -1).map((room, index) => ({
    name: `${room}-of-${name}-imports-nothing-above`,
    severity: 'error',
    from: { path: files[index], pathNot: tests },
    to: { path: files.slice(index + 1) },
  }))
  const unplaced = {
    name: `${name}-has-no-room-without-a-layer`,
    severity: 'error',
    from: { path: `^packages/${name}/src/`, pathNot: [tests, ...files] },
    to: {},
  }
  return [...upwards, unplaced]
})

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layers,
    {
      name: 'core-knows-no-adapter-framework-or-orm',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: { path: '^packages/(?!scheduler-core)|node_modules/(express|typeorm|pg|reflect-metadata)/' },
    },
    {
      name: 'adapters-do-not-import-each-other',
      severity: 'error',
      from: { path: '^packages/(scheduler-[a-z-]+)/src', pathNot: '\\.test(-d)?\\.ts$|^packages/scheduler-core' },
      to: { path: '^packages/(?!scheduler-core)', pathNot: '^packages/$1/' },
    },
    {
      name: 'pages-in-a-browser-use-the-client-alone',
      comment:
        'What our pages can do, a page of a host can do: values come from the client, and types from the contract.',
      severity: 'error',
      from: { path: '^packages/scheduler-dashboard/app/', pathNot: tests },
      to: {
        path: '^packages/',
        pathNot: '^packages/scheduler-dashboard/app/|^packages/scheduler-core/src/client/|/node_modules/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-in-a-browser-know-the-contract-as-types',
      severity: 'error',
      from: { path: '^packages/scheduler-dashboard/app/', pathNot: tests },
      to: {
        path: '^packages/',
        pathNot:
          '^packages/scheduler-dashboard/(app/|src/page-config\\.ts)|^packages/scheduler-core/src/(client/|contract/v2)|/node_modules/',
      },
    },
    {
      name: 'packages-know-no-example-or-tool',
      severity: 'error',
      from: { path: '^packages/', pathNot: '\\.test(-d)?\\.ts$|/test/' },
      to: { path: '^(examples|tools)/' },
    },
    {
      name: 'contract-runs-in-a-browser',
      severity: 'error',
      from: { path: `${core}/(contract|client)/`, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: '(^|/)(dist|coverage|\\.blocks|\\.vitepress)/|^integrations/[^/]+/files/|^packages/create-scheduler/templates/',
    },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@pm/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
}
