/** Who asks a question, and until when its answer is wanted. */
export interface ReadOptions {
  /**
   * Breaks the answer off when nobody waits for it any more, in the database too (default never). The call then rejects
   * with `READ_ABANDONED`.
   */
  readonly signal?: AbortSignal
  /** The principal, whose questions share the places to wait (default the host, which has no share). */
  readonly by?: string
}
