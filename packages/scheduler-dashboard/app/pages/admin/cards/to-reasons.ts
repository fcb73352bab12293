import { strings } from '../../../strings/index.ts'

/** One reason of ill health: its code, and what it means. */
export interface Reason {
  readonly code: string
  readonly text: string
}

export function toReasons(codes: readonly string[]): readonly Reason[] {
  const known: Readonly<Record<string, string>> = strings.admin.reasons
  return codes.map((code) => ({
    code,
    text: Object.hasOwn(known, code) ? (known[code] ?? code) : strings.admin.unknownReason(code),
  }))
}
