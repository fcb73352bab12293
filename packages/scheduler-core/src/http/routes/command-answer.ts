import type { CommandResult } from '../../api/commands.ts'
import { json, type PlainResponse } from '../exchange/response.ts'
import { type Commanded, toCommandView } from '../views/control-view.ts'

export interface CommandAnswerOptions extends Commanded {
  /** Default 200. */
  readonly status?: number
  /** The fields of the answer beside the result of the command. */
  readonly more?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** The answer to a command. A repeated answer is the same to the byte, and a header marks it. */
export function commandAnswer(
  result: CommandResult,
  { status = 200, more = {}, headers = {}, ...about }: CommandAnswerOptions = {},
): PlainResponse {
  const body = { ...toCommandView(result, about), ...more }
  return json(body, { status, headers: { ...headers, ...(result.replayed && { [REPLAYED]: 'true' }) } })
}

const REPLAYED = 'idempotent-replayed'

/** Whether the answer repeats an earlier one, so that nothing was done for it now. */
export function isReplay({ headers }: PlainResponse): boolean {
  return REPLAYED in headers
}
