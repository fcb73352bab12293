import type { Dependency } from './versions.ts'

/** A framework that a project may be made for. */
export interface Framework {
  readonly title: string
  /** The folders of `templates` that it takes, after the shared one. */
  readonly templates: readonly string[]
  readonly dependencies: readonly Dependency[]
  readonly devDependencies: readonly Dependency[]
  /** Its script `dev`: the sources run as they are, and again after each change. */
  readonly dev: string
}

/** Node runs the sources itself, without their types. Node 22.14 needs the flag, and later ones accept it. */
const NODE_RUNS_SOURCES = 'node --watch --env-file-if-exists=.env --experimental-strip-types src/main.ts'

/** Node cannot run decorators, so the build is made anew after each change and Node starts again with it. */
const COMPILER_AND_NODE = [
  'tsc -p tsconfig.build.json && concurrently --kill-others',
  '"tsc -p tsconfig.build.json --watch --preserveWatchOutput"',
  '"node --watch --env-file-if-exists=.env dist/main.js"',
].join(' ')

export const FRAMEWORKS = {
  express: {
    title: 'Express 5',
    templates: ['routers', 'express'],
    dependencies: ['@pm/scheduler-express', 'express'],
    devDependencies: ['@types/express'],
    dev: NODE_RUNS_SOURCES,
  },
  fastify: {
    title: 'Fastify 5',
    templates: ['fetch', 'fastify'],
    dependencies: ['fastify'],
    devDependencies: [],
    dev: NODE_RUNS_SOURCES,
  },
  hono: {
    title: 'Hono 4',
    templates: ['fetch', 'hono'],
    dependencies: ['@hono/node-server', 'hono'],
    devDependencies: [],
    dev: NODE_RUNS_SOURCES,
  },
  nestjs: {
    title: 'NestJS 11, on Express',
    templates: ['routers', 'nestjs'],
    dependencies: [
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-express',
      '@pm/scheduler-express',
      'express',
      'reflect-metadata',
      'rxjs',
    ],
    devDependencies: ['@types/express', 'concurrently'],
    dev: COMPILER_AND_NODE,
  },
} as const satisfies Readonly<Record<string, Framework>>

export type FrameworkName = keyof typeof FRAMEWORKS

export const FRAMEWORK_NAMES = Object.keys(FRAMEWORKS) as readonly FrameworkName[]
