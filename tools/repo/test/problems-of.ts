import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

import { root } from '../project.ts'

/** The blocks of TypeScript in a page, in their order. */
export function blocksOf(page: string): readonly string[] {
  const text = readFileSync(new URL(page, root), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
}

/**
 * What TypeScript says of each program, as if it were a file of its own in the folder `home`, which ends in a slash. A
 * block of a page may declare what only the reader uses.
 */
export function problemsOf(home: string, programs: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries(programs).map(([name, text]) => [`${home}${name}.ts`, text]))
  const config = ts.readConfigFile(fileURLToPath(new URL('tsconfig.base.json', root)), ts.sys.readFile)
  const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, home)
  const readers = { noUnusedLocals: false, noUnusedParameters: false }
  const options = { ...parsed.options, ...readers, rootDir: fileURLToPath(root) }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path)
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ...rest)
  }
  const program = ts.createProgram({ rootNames: [...texts.keys()], options, host })
  return [...texts.keys()].flatMap((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText }) => {
      return `${path.slice(home.length)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    }),
  )
}
