import type { Check, ExecOptions } from '../consumer.ts'

/** That the consumer's runtime runs a file to its end. */
export function runFile(name: string, args: readonly string[], options?: ExecOptions): Check {
  return {
    name,
    async run({ exec }) {
      await exec('runtime', args, options)
      return undefined
    },
  }
}

/** That a program of `node_modules/.bin` ends well. */
export function runProgram(name: string, program: string, args: readonly string[], options?: ExecOptions): Check {
  return {
    name,
    async run({ exec }) {
      await exec(program, args, options)
      return undefined
    },
  }
}
