export { type Drive, driveProcess, type Server } from './drive-process.ts'
