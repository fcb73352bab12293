const GAP = 4

/** Puts a popover below its anchor, or above where there is no room, inside of the window. */
export function placeBeside(popover: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect()
  const { width, height } = popover.getBoundingClientRect()
  const isBelow = at.bottom + GAP + height <= window.innerHeight || at.top < height + GAP
  const left = Math.max(GAP, Math.min(at.left, window.innerWidth - width - GAP))
  popover.style.setProperty('inset', 'auto')
  popover.style.setProperty('left', `${left}px`)
  popover.style.setProperty('top', `${isBelow ? at.bottom + GAP : at.top - GAP - height}px`)
}
