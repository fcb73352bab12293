import { strings } from '../../../strings/index.ts'

export interface CodedError {
  readonly code: string | null
  readonly name: string
  readonly sql_state: string | null
  readonly http_status: number | null
}

/** The codes and the name of an error; a code that only repeats another is left out. */
export function ErrorCodes({ error: { code, name, sql_state, http_status } }: { readonly error: CodedError }) {
  const words = strings.runs.error
  return (
    <>
      {code !== null && code !== `SQLSTATE_${sql_state}` && code !== `HTTP_${http_status}` && <code>{code}</code>}
      {sql_state !== null && <code>{words.sqlState(sql_state)}</code>}
      {http_status !== null && <code>{words.httpStatus(String(http_status))}</code>}
      <span class="muted anywhere">{name}</span>
    </>
  )
}
