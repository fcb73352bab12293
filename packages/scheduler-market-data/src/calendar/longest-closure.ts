/** Longer than any closure in the rules of an exchange: the last 21 days before any instant contain a session. */
export const LONGEST_CLOSURE_MS = 21 * 86_400_000
