import { say } from './talk.ts'

/** Tells how far a long work is. */
export interface Progress {
  advance(step?: number): void
  done(text: string): void
}

/** Work shorter than this needs no telling. */
const fewest = 200

/** A bar on a terminal, else one line for every tenth. */
export async function openProgress({
  what,
  total,
  quiet,
}: {
  what: string
  total: number
  quiet?: boolean | undefined
}): Promise<Progress> {
  if (quiet || total < fewest) return { advance: () => {}, done: () => {} }
  return process.stderr.isTTY ? openBar(what, total) : linesOf(what, total)
}

async function openBar(what: string, total: number): Promise<Progress> {
  const { progress } = await import('@clack/prompts')
  const bar = progress({ max: total, output: process.stderr })
  bar.start(what)
  return { advance: (step = 1) => bar.advance(step), done: text => bar.stop(text) }
}

function linesOf(what: string, total: number): Progress {
  let count = 0
  let told = 0
  return {
    advance(step = 1) {
      count += step
      const tenths = Math.floor((count * 10) / total)
      if (tenths > told) say(`${what}: ${tenths * 10} %`)
      told = tenths
    },
    done: text => say(text),
  }
}
