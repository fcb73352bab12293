/** An entity tag as the server made it, without the marks of a proxy that has compressed the answer. */
export function plainTag(tag: string): string {
  return tag.trim().replace(/^W\//, '').replace(CODING, '"')
}

/** Apache's `"1-gzip"` and `"1-br"`, Jetty's `"1--gzip"`. */
const CODING = /--?(?:gzip|br|zstd|deflate)"$/
