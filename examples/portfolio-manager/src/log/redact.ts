/**
 * Replaces secrets in a text by `[secret]`: as they are, percent-encoded, and as they look in JSON. A secret of under
 * four characters stays, since it would be found everywhere: keep such a one out of the text.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  const known = [...new Set(forms)].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length)
  return (text) => known.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text)
}
