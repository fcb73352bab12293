/** A document that is made once, and the tag under which its readers may keep it. */
export interface TaggedDocument {
  readonly document: object
  readonly etag: string
}
