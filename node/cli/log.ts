import { type Logger, pino } from 'pino'

/** JSON lines with the member in each, on stderr or in a file. */
export function openLog({ level, member, file }: { level: string; member: string; file?: string }): Logger {
  const to = pino.destination(
    file === undefined ? { dest: 2, sync: true } : { dest: file, sync: false, mkdir: true },
  )
  return pino({ level, base: { member }, timestamp: pino.stdTimeFunctions.isoTime }, to)
}
