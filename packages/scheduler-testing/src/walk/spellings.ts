/** Every method that a client is likely to try, those of WebDAV and of debuggers too. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const

/** Other ways to write a path, which a router may take for it and a guard before the router may not. */
export function spellingsOf(path: string): readonly string[] {
  const [, first = '', ...rest] = path.split('/')
  const tail = rest.map((segment) => `/${segment}`).join('')
  return [
    `${path}/`,
    `${path}//`,
    `/${path}`,
    path.toUpperCase(),
    `/%${first.charCodeAt(0).toString(16)}${first.slice(1)}${tail}`,
    `/.${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `${path}%2f`,
    `${path}%00`,
    `${path}%20`,
    `${path};a=b`,
    `${path}.json`,
    `${path}?authorization=Bearer%20ada`,
    `${path}?_method=GET`,
  ]
}
