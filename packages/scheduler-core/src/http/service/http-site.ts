import { matchPath } from '../exchange/match-path.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { HttpService } from './create-http-service.ts'

/** Everything below one path of a host: pages, files and services. Adapters mount it whole. `R` is the framework's own request. */
export interface HttpSite<R> {
  /** Answers a request for any path at or below the mount, with any method. Never rejects. */
  answer(call: SiteCall<R>): Promise<PlainResponse>
  /** Ends every event stream, and refuses new ones. Call it before you close a server that outlives its scheduler. */
  closeStreams(): void
}

export interface SiteCall<R> {
  /** The path below the mount as it came, still encoded: empty, or beginning with a slash. */
  readonly path: string
  /** The path of the mount as the server saw it, still encoded and without a slash at its end; empty at the root. */
  readonly mount: string
  readonly request: PlainRequest
  /** The framework's own request, as `authorize` gets it. */
  readonly native: R
}

/** The routes of a service as a site. */
export function toSite<R>(service: HttpService<R>): HttpSite<R> {
  return {
    async answer({ path, mount, request, native }) {
      const short = mount === '' ? null : matchPath([...service.namesBelowPrefix.keys()], path)
      const match = matchPath(service.paths, service.namesBelowPrefix.get(short?.path ?? '') ?? path)
      if (!match) return service.refuseUnknown({ request, native })
      if (!match.params) return service.refuseMalformed({ request, native })
      return service.answer({ path: match.path, request: withParams(request, match.params), native })
    },
    closeStreams: service.closeStreams,
  }
}

function withParams(request: PlainRequest, params: PlainRequest['params']): PlainRequest {
  const { method, query, hosts } = request
  return {
    method,
    params,
    query,
    hosts,
    // Made by the adapter only when somebody asks for it.
    get signal() {
      return request.signal
    },
    header: (name) => request.header(name),
    readBody: (limitBytes) => request.readBody(limitBytes),
  }
}
