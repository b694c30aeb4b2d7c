import { FocalpointError } from '#protocol'

/** Nobody is asked anything where there is no terminal: a script would hang. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

interface Question {
  message: string
  /** Shown in an empty field. */
  placeholder?: string
  /** Taken when nothing is typed. */
  initial?: string
  /** What is wrong with an answer, or undefined. */
  check?: (answer: string) => string | undefined
}

export async function askText({ message, placeholder = '', initial = '', check }: Question): Promise<string> {
  const { text } = await import('@clack/prompts')
  return answered(
    await text({
      message,
      placeholder,
      initialValue: initial,
      validate: answer => check?.((answer ?? '').trim()),
      output: process.stderr,
    }),
  ).trim()
}

export async function askSecret({ message, check }: Question): Promise<string> {
  const { password } = await import('@clack/prompts')
  return answered(
    await password({ message, validate: answer => check?.(answer ?? ''), output: process.stderr }),
  )
}

export async function askYes(message: string): Promise<boolean> {
  const { confirm } = await import('@clack/prompts')
  return answered(await confirm({ message, initialValue: false, output: process.stderr }))
}

interface Choice {
  value: string
  label: string
}

export async function askOne(message: string, options: Choice[]): Promise<string> {
  const { select } = await import('@clack/prompts')
  return answered(await select({ message, options, output: process.stderr }))
}

export async function askSeveral(
  message: string,
  options: Choice[],
  initialValues: string[],
): Promise<string[]> {
  const { multiselect } = await import('@clack/prompts')
  return answered(
    await multiselect({ message, options, initialValues, required: true, output: process.stderr }),
  )
}

/** Ctrl-C at a question ends the command before it has done anything. */
function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (typeof answer !== 'symbol') return answer as Exclude<Answer, symbol>
  const what = 'Stopped: nothing was done.'
  throw new FocalpointError('usage', what, { what })
}
