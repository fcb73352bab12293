/** What a published package may bring, and how large it may be. Whoever adds a dependency adds it here, with its license. */
export interface Expected {
  /** Every package that a production install of it brings, peers apart, with its license as an SPDX expression. */
  readonly installs: Readonly<Record<string, string>>
  /** What is built into its files: their licenses are in the package (default nothing). */
  readonly bundles?: Readonly<Record<string, string>>
  /** How large its files may be in all, unpacked, in thousands of bytes. The pages that its README links to are 10 to 150 of them. */
  readonly unpackedKb: number
}

const CORE = { croner: 'MIT', zod: 'MIT', 'zod-openapi': 'MIT' }
const ON_CORE = { '@pm/scheduler-core': 'MIT', ...CORE }

export const EXPECTED: Readonly<Record<string, Expected>> = {
  '@pm/create-scheduler': {
    installs: {
      '@clack/core': 'MIT',
      '@clack/prompts': 'MIT',
      'fast-string-truncated-width': 'MIT',
      'fast-string-width': 'MIT',
      'fast-wrap-ansi': 'MIT',
      sisteransi: 'MIT',
    },
    unpackedKb: 110,
  },
  '@pm/scheduler-bullmq': { installs: ON_CORE, unpackedKb: 160 },
  '@pm/scheduler-core': { installs: CORE, unpackedKb: 9_450 },
  '@pm/scheduler-dashboard': {
    installs: ON_CORE,
    bundles: { preact: 'MIT', regexparam: 'MIT', virtua: 'MIT', 'wouter-preact': 'Unlicense' },
    unpackedKb: 890,
  },
  '@pm/scheduler-express': { installs: ON_CORE, unpackedKb: 150 },
  '@pm/scheduler-market-data': { installs: { ...ON_CORE, 'big.js': 'MIT' }, unpackedKb: 1_940 },
  '@pm/scheduler-pg-boss': { installs: ON_CORE, unpackedKb: 180 },
  '@pm/scheduler-testing': {
    installs: {
      ...ON_CORE,
      ajv: 'MIT',
      'ajv-formats': 'MIT',
      'fast-check': 'MIT',
      'fast-deep-equal': 'MIT',
      'fast-uri': 'BSD-3-Clause',
      'json-schema-traverse': 'MIT',
      'pure-rand': 'MIT',
      'require-from-string': 'MIT',
    },
    unpackedKb: 5_110,
  },
  '@pm/scheduler-typeorm': { installs: ON_CORE, unpackedKb: 1_285 },
}
