import { fileURLToPath } from 'node:url'
import ts from 'typescript'

import { placeOf } from './modules.ts'
import { ROOT } from './places.ts'
import type { Program } from './programs-of.ts'

/**
 * One TypeScript program of all modules, strict as our own sources are. A block may declare what only the reader uses, and
 * reads `process.env.NAME` as a reader writes it; decorators are those of NestJS. The answer tells the problems of one
 * module as `page:line message`; the first takes some seconds.
 */
export function createTypeChecker(programs: readonly Program[]): (program: Program) => readonly string[] {
  const texts = new Map(programs.map((program) => [placeOf(program), program.text]))
  const options = readOptions()
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path)
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0])
  }
  let whole: ts.Program | undefined
  return (program) => {
    whole ??= ts.createProgram({ rootNames: [...texts.keys()], options, host })
    const file = whole.getSourceFile(placeOf(program))
    return ts.getPreEmitDiagnostics(whole, file).map((problem) => toldOf(program, problem))
  }
}

function readOptions(): ts.CompilerOptions {
  const base = ts.readConfigFile(fileURLToPath(new URL('tsconfig.base.json', ROOT)), ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(base.config, ts.sys, fileURLToPath(new URL('tools/docs/', ROOT)))
  return {
    ...parsed.options,
    noUnusedLocals: false,
    noUnusedParameters: false,
    noPropertyAccessFromIndexSignature: false,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    rootDir: fileURLToPath(ROOT),
  }
}

function toldOf({ page }: Program, { file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
  return `${page}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
}
