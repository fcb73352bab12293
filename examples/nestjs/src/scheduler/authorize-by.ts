import { type CanActivate, HttpException, HttpStatus, type Type } from '@nestjs/common'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import type { Authorize } from '@pm/scheduler-express'
import type { Request } from 'express'
import { firstValueFrom, isObservable } from 'rxjs'

/** A class whose methods carry the decorators that guards read, as those of a controller do. */
export interface Rights {
  /** Asked where somebody looks. */
  read(): void
  /** Asked where somebody changes something. */
  control(): void
}

export interface AuthorizeBy {
  readonly rights: Type<Rights>
  /** Who the guard has found, by the name that the log of commands keeps. */
  readonly nameOf: (request: Request) => string
}

/** The guard of an app decides about the routes and pages: it gets the context that it would get for a controller. */
export function authorizeBy(guard: CanActivate, { rights, nameOf }: AuthorizeBy): Authorize<Request> {
  return async (request, { access }) => {
    const context = new ExecutionContextHost([request, request.res], rights, rights.prototype[access])
    context.setType('http')
    try {
      const answer = guard.canActivate(context)
      const isAllowed = isObservable(answer) ? await firstValueFrom(answer) : await answer
      if (isAllowed !== true) return { allow: false, reason: 'forbidden' }
      return { allow: true, principal: { name: nameOf(request) } }
    } catch (error) {
      const status = error instanceof HttpException ? error.getStatus() : null
      if (status === HttpStatus.UNAUTHORIZED) return { allow: false, reason: 'unauthenticated' }
      if (status === HttpStatus.FORBIDDEN) return { allow: false, reason: 'forbidden' }
      throw error
    }
  }
}
