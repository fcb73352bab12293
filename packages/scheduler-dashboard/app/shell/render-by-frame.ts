import { options } from 'preact'

/**
 * How what a person does begins, and how it ends. Not what is in between: an `input` or a `click` comes when the field has
 * changed already, and a render would put back what the page knows of.
 */
const ACTS = ['keydown', 'beforeinput', 'pointerdown', 'submit'] as const

/**
 * One render a frame; a hidden page has no frames, and is rendered as things come. What a person does meets the page as
 * everything before it has left it: Enter submits the last letter too, however soon it follows.
 */
export function renderByFrame(): void {
  let waiting: (() => void) | null = null
  function renderNow(): void {
    const render = waiting
    waiting = null
    render?.()
  }
  options.debounceRendering = (render) => {
    waiting = render
    if (document.hidden) setTimeout(renderNow)
    else requestAnimationFrame(renderNow)
  }
  for (const act of ACTS) window.addEventListener(act, renderNow, { capture: true, passive: true })
}
