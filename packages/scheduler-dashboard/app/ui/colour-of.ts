/** The colour that a token has in the present theme, for a canvas or a picture that cannot read tokens. */
export function colourOf(token: string, near: HTMLElement): string {
  const probe = document.createElement('span')
  probe.style.setProperty('color', `var(--${token})`)
  probe.hidden = true
  near.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
