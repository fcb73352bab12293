/**
 * Whether the store works. Any success ends the error after a failed read; only a write ends it after a failed write,
 * because a full disk still answers reads.
 */
export interface StoreHealth {
  readonly fails: boolean
  /** Whether the store refused a write and has taken none since. */
  readonly writesFail: boolean
  answered(unit: { readonly wrote: boolean }): void
  failed(unit: { readonly readOnly: boolean }): void
}

export function createStoreHealth(): StoreHealth {
  let readsFail = false
  let writesFail = false

  return {
    get fails() {
      return readsFail || writesFail
    },
    get writesFail() {
      return writesFail
    },
    answered({ wrote }) {
      readsFail = false
      if (wrote) writesFail = false
    },
    failed({ readOnly }) {
      if (readOnly) readsFail = true
      else writesFail = true
    },
  }
}
