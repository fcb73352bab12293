import { fingerprintOf } from '../../ids.ts'
import type { TaggedDocument } from '../exchange/tagged-document.ts'
import { type OpenApiInput, toOpenApi } from './openapi.ts'

/** Makes a router's document at its first request. */
export function documentOnce(input: OpenApiInput): () => TaggedDocument {
  let made: TaggedDocument | null = null
  return () => {
    if (!made) {
      const document = toOpenApi(input)
      made = { document, etag: `"${fingerprintOf(document)}"` }
    }
    return made
  }
}
