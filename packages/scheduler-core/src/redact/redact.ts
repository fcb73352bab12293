/** Removes secrets from a text before it is stored, logged, sent or used as a label. */
export type Redact = (text: string) => string

/** Replaces a secret. */
export const MASK = '[redacted]'

/** Tells that the characters from `start` up to `end` belong to a secret. Ranges may overlap. */
export type Hide = (start: number, end: number) => void

/** Finds the secrets of one kind. It takes time in proportion to the text, whatever the text is. */
export type Rule = (text: string, hide: Hide) => void
