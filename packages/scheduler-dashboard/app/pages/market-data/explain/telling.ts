/** How moments are told: `sayAt` writes one in the reader's zone; frozen, nothing is `ago`, since that is not now. */
export interface Telling {
  readonly nowMs: number
  readonly sayAt: (ms: number) => string
  readonly isFrozen: boolean
}

export interface Moment {
  readonly at: string
  readonly ago: string
}
