import { describeShare } from './describe-share.ts'

await describeShare(3)
