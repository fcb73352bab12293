import ts from 'typescript'
import { parseAllDocuments } from 'yaml'

import type { Block } from './blocks-of.ts'
import { createSqlCheck } from './check-sql.ts'

export interface ChecksOfData extends AsyncDisposable {
  /** What is wrong with a block that is not TypeScript, as `page:line message`. */
  check(block: Block): Promise<readonly string[]>
}

/** Languages of blocks that are read by people alone. Others than these and the checked ones are refused: they may be typing errors. */
const PROSE = new Set(['', 'sh', 'text', 'http', 'nginx', 'promql', 'dockerfile', 'ini', 'html', 'mermaid', 'diff'])

/** Parses JSON, YAML and JavaScript, and runs SQL. */
export function createDataChecks({ postgresUrl }: { readonly postgresUrl: string }): ChecksOfData {
  const sql = createSqlCheck(postgresUrl)
  const checks: Readonly<Record<string, (block: Block) => Promise<void> | void>> = {
    ts: () => {},
    json: ({ code }) => void JSON.parse(code),
    yaml: ({ code }) => {
      for (const { errors } of parseAllDocuments(code)) if (errors[0]) throw errors[0]
    },
    js: parseJavaScript,
    sql: (block) => (block.notRun === null ? sql.run(block) : undefined),
  }
  return {
    async check(block) {
      const { page, line, language } = block
      try {
        const check = checks[language]
        if (check) await check(block)
        else if (!PROSE.has(language)) throw new Error(`No check knows blocks of "${language}"`)
        return []
      } catch (error) {
        return [`${page}:${line} ${(error as Error).message}`]
      }
    },
    [Symbol.asyncDispose]: () => sql[Symbol.asyncDispose](),
  }
}

function parseJavaScript({ code }: Block): void {
  const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: 'block.js' })
  const [problem] = diagnostics
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'))
}
