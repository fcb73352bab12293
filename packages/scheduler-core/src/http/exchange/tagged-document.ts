/** A document that is made once, and its ETag. */
export interface TaggedDocument {
  readonly document: object
  readonly etag: string
}
