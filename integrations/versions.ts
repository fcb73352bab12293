/** The versions that consumers are made of. `docs/reference/supported.md` is written from what consumers take of them. */
export const NODE = { floor: '22.14.0', current: '24.21.0', newest: '26.10.0' } as const

/** Are refused at import, in one sentence. */
export const NODE_TOO_OLD = ['18.20.8', '20.20.2', '22.13.1'] as const

/** Last of each minor version, from the lowest that reads our declarations to the newest. */
export const TYPESCRIPT = ['5.4.5', '5.5.4', '5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2'] as const

/** Types of Node that each of them reads: older compilers do not read the newest. */
export const NODE_TYPES: Readonly<Record<(typeof TYPESCRIPT)[number], string>> = {
  '5.4.5': '22.14.0',
  '5.5.4': '22.14.0',
  '5.6.3': '22.20.7',
  '5.7.3': '22.20.7',
  '5.8.3': '24.19.2',
  '5.9.3': '24.19.2',
  '6.0.3': '24.19.2',
  '7.0.2': '24.19.2',
}

export const TYPEORM = ['0.3.20', '0.3.28', '1.1.1'] as const

export const EXPRESS = [
  { express: '4.22.3', types: '4.17.25' },
  { express: '5.3.0', types: '5.0.6' },
] as const

export const VITEST = ['3.2.7', '4.1.12', '5.1.2'] as const

export const JEST = { jest: '30.5.2', 'ts-jest': '29.4.15', '@types/jest': '30.0.0' } as const

/** What consumers install beside the one thing whose versions they try. */
export const BESIDE = {
  '@opentelemetry/api': '1.10.0',
  '@types/express': '5.0.6',
  '@types/node': '24.19.2',
  bullmq: '6.7.0',
  expect: '30.5.2',
  express: '5.3.0',
  ioredis: '5.9.2',
  pg: '8.23.1',
  'pg-boss': '12.38.0',
  'reflect-metadata': '0.2.2',
  typeorm: '1.1.1',
  typescript: '6.0.3',
  vitest: '5.1.2',
} as const

export type Beside = keyof typeof BESIDE

/** The pinned versions of these packages, for `installs`. */
export function beside(...names: readonly Beside[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, BESIDE[name]]))
}

/** Runtimes beside Node. */
export const RUNTIMES = { bun: '1.4.5', deno: '2.9.6' } as const

export const NEXT = {
  next: '16.4.6',
  react: '19.2.0',
  'react-dom': '19.2.0',
  '@types/react': '19.3.3',
  '@types/react-dom': '19.3.0',
} as const
