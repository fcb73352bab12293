import type { Api } from '../../../data/api.ts'

export interface BackfillPreviewView {
  readonly job: string
  readonly count: number
  readonly items: readonly string[]
  readonly left_out: Readonly<Record<'succeeded' | 'running' | 'backfilled' | 'excluded' | 'undecided', number>>
}
interface Next {
  previewBackfill(job: string, query: { readonly from: string; readonly to: string }): Promise<BackfillPreviewView>
}
export function next(api: Api): Next {
  return api.admin as unknown as Next
}
