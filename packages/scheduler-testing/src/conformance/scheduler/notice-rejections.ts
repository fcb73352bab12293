import { onTestFinished } from 'vitest'

/** Answers which rejections nobody has handled until then. */
export function noticeRejections(): () => readonly unknown[] {
  const noticed: unknown[] = []
  const notice = (reason: unknown) => void noticed.push(reason)
  process.on('unhandledRejection', notice)
  onTestFinished(() => void process.off('unhandledRejection', notice))
  return () => noticed
}
