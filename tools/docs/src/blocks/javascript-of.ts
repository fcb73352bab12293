import ts from 'typescript'

import type { Program } from './programs-of.ts'

const DECORATOR = /^\s*@\w+\(/m

/** What Node runs of a module: the text itself, whose types Node strips, or its JavaScript when it has decorators. */
export function javascriptOf({ running }: Pick<Program, 'running'>): string {
  if (!DECORATOR.test(running)) return running
  return ts.transpileModule(running, {
    fileName: 'block.ts',
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      inlineSourceMap: true,
    },
  }).outputText
}
