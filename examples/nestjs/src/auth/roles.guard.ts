import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import type { Request } from 'express'

export type Role = 'viewer' | 'operator'

/** Who may call a method of a controller: whoever has one of these roles. */
export const Roles = (...roles: readonly Role[]) => SetMetadata('roles', roles)

export interface User {
  readonly name: string
  readonly roles: readonly Role[]
}

/** The app's own guard: finds the user by a token, and asks whether they have a role that the method needs. */
@Injectable()
export class RolesGuard implements CanActivate {
  readonly #reflector: Reflector

  constructor(@Inject(Reflector) reflector: Reflector) {
    this.#reflector = reflector
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request & { user?: User }>()
    const user = userOf(request)
    if (!user) throw new UnauthorizedException()
    request.user = user
    const needed = this.#reflector.getAllAndOverride<readonly Role[] | undefined>('roles', [
      context.getHandler(),
      context.getClass(),
    ])
    return needed === undefined || needed.some((role) => user.roles.includes(role))
  }
}

/** Programs send their token in a header, browsers in a cookie. An app has its users in a store. */
function userOf({ headers: { authorization = '', cookie = '' } }: Request): User | null {
  const [, given] = /^Bearer (.+)$/.exec(authorization) ?? /(?:^|; )token=([^;]+)/.exec(cookie) ?? []
  const token = decodeURIComponent(given ?? '')
  const { TOKEN = 'dev' } = process.env
  if (token === TOKEN) return { name: 'ada', roles: ['viewer', 'operator'] }
  return token === `${TOKEN}-viewer` ? { name: 'vic', roles: ['viewer'] } : null
}
