import { useId, useRef } from 'preact/hooks'

import { strings } from '../strings/index.ts'
import { Icon, type IconName } from './icons.tsx'
import { placeBeside } from './place-beside.ts'
import { walkRows } from './walk-rows.ts'

export interface MenuItem {
  readonly label: string
  readonly onClick: () => void
  readonly icon?: IconName
  /** Why it does nothing now. */
  readonly disabledBecause?: string | null
}

/** A button with further actions behind it. Arrows walk, Esc closes. */
export function Menu({
  label = strings.kit.menu,
  items,
}: {
  readonly label?: string
  readonly items: readonly MenuItem[]
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)

  function onToggle(event: Pick<ToggleEvent, 'newState'>): void {
    if (event.newState !== 'open' || !menu.current || !button.current) return
    placeBeside(menu.current, button.current)
    menu.current.querySelector('button')?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = [...(menu.current?.querySelectorAll('button') ?? [])]
    const next = walkRows(
      event.key,
      all.findIndex((one) => one.matches(':focus')),
      all.length,
    )
    if (next === null) return
    all[next]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class="button"
        data-tone="quiet"
        data-icon
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        popovertarget={id}
      >
        <Icon name="more" />
      </button>
      <div
        ref={menu}
        id={id}
        class="popover menu"
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {items.map(({ label: text, onClick, icon, disabledBecause = null }) => (
          <button
            key={text}
            type="button"
            role="menuitem"
            aria-disabled={disabledBecause !== null || undefined}
            onClick={() => {
              if (disabledBecause !== null) return
              menu.current?.hidePopover()
              onClick()
            }}
          >
            {icon && <Icon name={icon} />}
            <span>
              {text}
              {disabledBecause !== null && <span class="menu-reason">{disabledBecause}</span>}
            </span>
          </button>
        ))}
      </div>
    </>
  )
}
