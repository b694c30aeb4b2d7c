import { styleText } from 'node:util'
import { CommanderError } from 'commander'
import type { FieldError } from '#protocol'
import { type ExitCode, exitCodes, isOurs } from './exit.ts'

export function exitCodeOf(error: unknown): ExitCode {
  if (isOurs(error)) return exitCodes[error.code]
  return error instanceof CommanderError ? 2 : 1
}

/** One sentence, and a line for each wrong field; as JSON the same with code and details. */
export function tellFailure(error: unknown, { json }: { json: boolean }): void {
  if (error instanceof CommanderError && error.code === 'commander.help') return
  if (json) {
    process.stderr.write(`${JSON.stringify({ error: failureOf(error) })}\n`)
    return
  }
  const { message, details } = failureOf(error)
  process.stderr.write(`${styleText('red', 'focalpoint:', { stream: process.stderr })} ${message}\n`)
  for (const { pointer, detail } of fieldErrorsOf(details)) process.stderr.write(`  ${pointer}: ${detail}\n`)
  if (!isExpected(error) && error instanceof Error) process.stderr.write(`${error.stack}\n`)
}

function isExpected(error: unknown): boolean {
  return isOurs(error) || error instanceof CommanderError
}

function failureOf(error: unknown): { code: string; message: string; details: unknown } {
  if (isOurs(error)) return { code: error.code, message: error.message, details: error.details }
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof CommanderError) {
    const what = message.replace(/^error: /, '')
    return { code: 'usage', message: what, details: { what } }
  }
  return {
    code: 'internal',
    message: `something unexpected happened: ${message}`,
    details: { what: message },
  }
}

function fieldErrorsOf(details: unknown): readonly FieldError[] {
  const isList =
    typeof details === 'object' && details !== null && 'errors' in details && Array.isArray(details.errors)
  return isList ? (details.errors as FieldError[]) : []
}
