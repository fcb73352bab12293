import { fingerprintOf } from '../../ids.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { TaggedDocument } from '../exchange/tagged-document.ts'
import type { TakingJob } from './input-routes.ts'
import { type OpenApiInput, toOpenApi } from './openapi.ts'

/** The most jobs whose input a document describes. */
const MAX_DESCRIBED = 200

/** Makes a router's document at its first request, and again when other jobs take an input. */
export function documentOnce(input: OpenApiInput, scheduler: Scheduler): () => TaggedDocument {
  let made: (TaggedDocument & { readonly of: readonly TakingJob[] }) | null = null
  return () => {
    const of = takingJobs(scheduler)
    if (!made || !isSame(of, made.of)) {
      const document = toOpenApi({ ...input, takingJobs: of })
      made = { document, etag: `"${fingerprintOf(document)}"`, of }
    }
    return made
  }
}

function takingJobs(scheduler: Scheduler): readonly TakingJob[] {
  const taking: TakingJob[] = []
  for (const job of scheduler.jobNames) {
    const terms = scheduler.inputOf(job)
    if (terms && taking.length < MAX_DESCRIBED) taking.push({ job, terms })
  }
  return taking
}

function isSame(some: readonly TakingJob[], others: readonly TakingJob[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ job, terms }, index) => job === others[index]?.job && terms === others[index]?.terms)
  )
}
