/** The relative address of the slash that a path begins with, seen from that path: of `/system/jobs` it is `../`. */
export function wayUp(path: string): string {
  // A path without any slash is the `*` of a request, which begins nowhere.
  return '../'.repeat(Math.max(0, path.split('/').length - 2)) || './'
}
