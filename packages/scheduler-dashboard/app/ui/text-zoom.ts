/** How large the reader's text is: 1 as usual. */
export function textZoom(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
}
