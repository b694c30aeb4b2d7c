import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { commands } from './commands.ts'
import type { ExitCode } from './exit.ts'
import { exitCodeOf, tellFailure } from './failure.ts'

/** Options whose value is a hash. */
const idOptions = ['--kid', '--after', '--fingerprint']

/** Runs one command to its end; tells on stderr what went wrong. */
export async function runCommand(words: readonly string[]): Promise<ExitCode> {
  const program = openProgram()
  try {
    await program.parseAsync(dashedIdsLast(helpLast(words)), { from: 'user' })
    return 0
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0
    if (isHelp) return 0
    tellFailure(error, { json: words.includes('--json') })
    return exitCodeOf(error)
  }
}

function openProgram(): Command {
  const program = new Command('focalpoint')
    .description('Signed notices among the participants of the Alliance, without a centre.')
    .version(versionText(), '-V, --version', 'say which version this is')
    .helpOption('-h, --help', 'say what a command does and which options it has')
    .helpCommand('help [command]', 'say what a command does')
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError()
    .exitOverride()
  for (const { name, summary } of commands)
    program.command(name).description(sentence(summary)).summary(summary)
  program.hook('preSubcommand', async (_, called) => {
    const entry = commands.find(({ name }) => name === called.name())
    if (entry) (await entry.load())(called)
  })
  return program
}

/** `help status` as `status --help`, which loads the command first. */
function helpLast(words: readonly string[]): string[] {
  const [first, ...named] = words
  return first === 'help' && named.length > 0 ? [...named, '--help'] : [...words]
}

/** One id in 64 begins with a dash, and is no option for that: it goes behind "--", where nothing is. */
function dashedIdsLast(words: readonly string[]): string[] {
  const isId = (word: string, at: number) =>
    /^-[A-Za-z0-9_-]{42}$/.test(word) && !idOptions.includes(words[at - 1] ?? '')
  const ids = words.filter(isId)
  if (ids.length === 0 || words.includes('--')) return [...words]
  return [...words.filter((word, at) => !isId(word, at)), '--', ...ids]
}

function versionText(): string {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
}
