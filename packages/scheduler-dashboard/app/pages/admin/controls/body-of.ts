/** The body of a command; a reason that was not given is left out. */
export function bodyOf(why: string): { readonly why?: string } {
  return why === '' ? {} : { why }
}
