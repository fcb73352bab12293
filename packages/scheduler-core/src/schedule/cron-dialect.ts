/** Another dialect that `cron` takes by its name. Both count weekdays from 1 for Sunday. */
export type CronDialect = (typeof CRON_DIALECTS)[number]

export const CRON_DIALECTS = ['quartz', 'eventbridge'] as const
