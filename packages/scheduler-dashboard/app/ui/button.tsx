import type { ComponentChildren, Ref } from 'preact'

import { Icon, type IconName } from './icons.tsx'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: () => void
  readonly tone?: 'plain' | 'primary' | 'hurts' | 'quiet'
  readonly icon?: IconName
  readonly type?: 'button' | 'submit'
  /** Why it does nothing now, such as `It is paused already`. It stays in reach of the keyboard, and says so. */
  readonly disabledBecause?: string | null
  readonly buttonRef?: Ref<HTMLButtonElement>
}

export function Button({
  children,
  onClick,
  tone = 'plain',
  icon,
  type = 'button',
  disabledBecause,
  buttonRef,
}: ButtonProps) {
  const isOff = disabledBecause !== null && disabledBecause !== undefined
  return (
    <button
      ref={buttonRef ?? null}
      type={isOff ? 'button' : type}
      class="button"
      data-tone={tone}
      aria-disabled={isOff || undefined}
      title={disabledBecause ?? undefined}
      onClick={isOff ? undefined : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
      {isOff && <span class="sr-only">: {disabledBecause}</span>}
    </button>
  )
}

/** A button that is a sign alone; `label` is what it says. */
export function IconButton({
  icon,
  label,
  onClick,
  isPressed,
}: {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
  readonly isPressed?: boolean
}) {
  return (
    <button
      type="button"
      class="button"
      data-tone="quiet"
      data-icon
      aria-label={label}
      aria-pressed={isPressed}
      title={label}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
