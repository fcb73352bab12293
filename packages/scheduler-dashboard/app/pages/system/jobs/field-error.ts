/** A refusal of the server that is about one field, such as `job.schedule.pattern (minute): expected 0-59.` */
export interface FieldError {
  /** The last part of its path as the contract has it, such as `pattern` or `timeout_ms`. */
  readonly field: string
  readonly text: string
}

const ABOUT_FIELD = /^(?:job|body|query)\.((?:\w+\.)*)(\w+)(?: \(([\w ]+)\))?: (.+)$/s

/** The field that a refusal names; `null` when it names none. */
export function fieldErrorOf(refusal: string): FieldError | null {
  const [, , last, part, text] = ABOUT_FIELD.exec(refusal) ?? []
  if (last === undefined || text === undefined) return null
  const field = last.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return { field, text: part === undefined ? text : `${part}: ${text}` }
}
