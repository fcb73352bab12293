/** Minutes since midnight of `HH:MM`, where `24:00` is the end of the day; `null` for any other text. */
export function minutesOf(time: string): number | null {
  if (time === '24:00') return DAY_MINUTES
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

export const DAY_MINUTES = 1_440
