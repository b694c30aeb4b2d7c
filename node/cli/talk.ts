import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** stdout is for data alone: what a program may read. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined))
}

/** Talk for people goes to stderr, unless they asked for quiet. */
export function say(text: string, { quiet = false }: { quiet?: boolean | undefined } = {}): void {
  if (!quiet) process.stderr.write(`${text}\n`)
}

/** Styled where the stream is a terminal and NO_COLOR is not set. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

export function styledTalk(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stderr })
}
