/** A stretch of time, in milliseconds. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}
