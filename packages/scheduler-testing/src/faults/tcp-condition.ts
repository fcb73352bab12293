/** What the proxy does with what comes through. */
export type TcpCondition =
  | { readonly kind: 'pass' }
  /** Nothing gets through in either direction, and nobody is told: a half-open connection. Held back until it passes. */
  | { readonly kind: 'black-hole' }
  /** Everything arrives, this much later, each way. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** After this many more bytes of answers a connection is reset, in the middle of whatever it says. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** Connections are reset, new ones at once. */
  | { readonly kind: 'reset' }
