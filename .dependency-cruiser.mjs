/** Which way imports point. docs/architecture.md says it in words. */
const core = '^packages/scheduler-core/src'

/** The rooms of core from the bottom up: a room imports from those before it, and from its own level. */
const levels = [
  '(errors|clock|ids|chance|process-probe)\\.ts',
  '(options|schedule|run)/',
  '(ports|job|plan)/',
  '(runtime|metrics|snapshot|view|memory|contract)/|events\\.ts|scheduler-api\\.ts|scheduler-options\\.ts',
  'scheduler\\.ts',
  '(http|client|instruments|prometheus|opentelemetry)/',
]

const upwards = levels.slice(0, -1).map((level, index) => ({
  name: `core-level-${index}-imports-nothing-above`,
  severity: 'error',
  from: { path: `${core}/(${level})`, pathNot: '\\.test(-d)?\\.ts$' },
  to: { path: `${core}/(${levels.slice(index + 1).join('|')})` },
}))

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...upwards,
    {
      name: 'core-knows-no-adapter-framework-or-orm',
      severity: 'error',
      from: { path: core, pathNot: '\\.test(-d)?\\.ts$' },
      to: { path: '^packages/(?!scheduler-core)|node_modules/(express|typeorm|pg|reflect-metadata)/' },
    },
    {
      name: 'adapters-do-not-import-each-other',
      severity: 'error',
      from: { path: '^packages/(scheduler-[a-z-]+)/src', pathNot: '\\.test(-d)?\\.ts$|^packages/scheduler-core' },
      to: { path: '^packages/(?!scheduler-core)', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-know-no-example-or-tool',
      severity: 'error',
      from: { path: '^packages/', pathNot: '\\.test(-d)?\\.ts$|/(test|bench)/' },
      to: { path: '^(examples|tools)/' },
    },
    {
      name: 'contract-runs-in-a-browser',
      severity: 'error',
      from: { path: `${core}/(contract|client)/`, pathNot: '\\.test(-d)?\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@pm/source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.d.ts'],
    },
  },
}
