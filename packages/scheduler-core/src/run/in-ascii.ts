import type { PastAttempt } from './past-attempt.ts'
import type { StoredError } from './stored-error.ts'

/** The error with its texts in printable ASCII, which every database can store. */
export function errorInAscii(error: StoredError): StoredError {
  const { causes, stack } = error
  return {
    ...withAsciiTexts(error),
    ...(causes && { causes: causes.map(withAsciiTexts) }),
    ...(stack !== undefined && { stack: toAscii(stack) }),
  }
}

/** The same of an attempt that has ended. */
export function attemptInAscii(past: PastAttempt): PastAttempt {
  return { ...past, error: past.error && withAsciiTexts(past.error) }
}

function withAsciiTexts<E extends { readonly name: string; readonly message: string }>(error: E): E {
  return { ...error, name: toAscii(error.name), message: toAscii(error.message) }
}

function toAscii(text: string): string {
  return text.replace(OTHERS, '?')
}

const OTHERS = /[^\x20-\x7e\t\n\r]+/g
