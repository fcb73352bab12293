import { SchedulerError } from '@pm/scheduler-core'
import { type PlainRequest, type PlainResponse, toProblem } from '@pm/scheduler-core/http'

import { type BuiltApp, readBuiltApp } from './built-app.ts'
import type { OwnFiles } from './own-files.ts'

export interface FileAnswers {
  readonly own: OwnFiles
  /** The built pages. They are looked for until they are there, and read once. */
  findApp(): BuiltApp | null
  /** Answers a path below the mount from the fixed list of files. They are the same for everybody and need no login. */
  answer(path: string, request: PlainRequest): Promise<PlainResponse>
}

export function createFileAnswers({ own, folder }: { readonly own: OwnFiles; readonly folder: string }): FileAnswers {
  const byPath = new Map(own.assets.map((asset) => [asset.path, asset]))
  let app: BuiltApp | null = null

  function findApp(): BuiltApp | null {
    app ??= readBuiltApp(folder)
    for (const asset of app?.assets ?? []) byPath.set(asset.path, asset)
    return app
  }

  return {
    own,
    findApp,
    async answer(path, request) {
      findApp()
      const asset = byPath.get(path)
      if (!asset) return toProblem(new SchedulerError('NOT_FOUND', {}))
      if (request.method === 'OPTIONS') return { status: 204, headers: { allow: ALLOWED }, body: null }
      if (request.method === 'GET' || request.method === 'HEAD') return asset.answer(request)
      return toProblem(new SchedulerError('METHOD_NOT_ALLOWED', { allow: ALLOWED }))
    },
  }
}

const ALLOWED = 'GET, HEAD, OPTIONS'
