import { wayUp } from './way-up.ts'

export interface SeenPath {
  /** The path of the mount as the server saw it, without a slash at its end. */
  readonly mount: string
  /** The path below it: empty, or beginning with a slash. */
  readonly path: string
  /** The path of the mount as browsers see it, where a proxy strips all of it; otherwise `null`. */
  readonly basePath: string | null
}

/**
 * The address of the mount, relative to the page that was asked for. It holds behind a proxy that strips a part of the
 * path, because only what follows is counted: seen `/admin` it is `./admin/`, seen `/admin/system/jobs` it is `../`.
 */
export function baseHref({ mount, path, basePath }: SeenPath): string {
  if (basePath !== null) return `${basePath.replace(/\/+$/, '')}/`
  if (path === '') return `./${mount.slice(mount.lastIndexOf('/') + 1)}/`
  return wayUp(path)
}

/** The path of the page for whoever sends the viewer back to it. It begins with one slash, so that it names no other host. */
export function returnPath({ mount, path, basePath }: SeenPath, query: string): string {
  const whole = `${basePath?.replace(/\/+$/, '') ?? mount}${path}`.replace(/^[/\\]*/, '/')
  return query === '' ? whole : `${whole}?${query}`
}
