/** Longer than an exchange stays closed by its rules: looking back this far from any instant finds a session. */
export const LONGEST_CLOSURE_MS = 21 * 86_400_000
