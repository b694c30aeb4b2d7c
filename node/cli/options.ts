import { type Command, InvalidArgumentError } from 'commander'

export interface Listing {
  json?: boolean
  quiet?: boolean
}

export interface NodeAddress {
  url?: string
  token?: string
  tokenFile?: string
}

/** `--json` and `-q`, on everything that lists or shows. */
export function asListing(command: Command): Command {
  return command.option('--json', 'print JSON').option('-q, --quiet', 'say nothing but data and errors')
}

/** The options of a command that asks a running node. */
export function asClient(command: Command): Command {
  return asListing(command)
    .option('--url <url>', 'address of the node (FOCALPOINT_URL; else http://127.0.0.1:7700)')
    .option('--token <token>', 'access token (FOCALPOINT_TOKEN); seen by others on this machine')
    .option('--token-file <file>', 'file that holds the access token (FOCALPOINT_TOKEN_FILE)')
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

/** Collects an option that may be given several times. */
export function collected(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text]
}
