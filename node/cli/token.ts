import type { Command } from 'commander'
import { newTokenAnswer, tokensAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { asClient, collected, type Listing, type NodeAddress, wholeNumber } from './options.ts'
import { tableText } from './table.ts'
import { print, printJson, say } from './talk.ts'

type TokenOptions = NodeAddress & Listing

interface CreateOptions extends TokenOptions {
  person: string
  label: string
  days: number
  role?: string[]
}

export function describeToken(command: Command): void {
  asClient(command.command('create').description('Create a token for a person; it is shown this once.'))
    .requiredOption('--person <id>', 'whose token it is')
    .requiredOption('--label <text>', 'what it is for')
    .option('--days <count>', 'how long it holds', wholeNumber, 90)
    .option('--role <role>', 'only these of the roles of the person; may be repeated', collected)
    .action(createToken)
  asClient(command.command('list').description('List all tokens, without the secrets.')).action(listTokens)
  asClient(command.command('revoke').description('Revoke a token at once.'))
    .argument('<id>', 'as "token list" shows it')
    .action(revokeToken)
}

async function createToken({ person, label, days, role, json, quiet, ...address }: CreateOptions) {
  const client = await clientFrom(address)
  const wanted = { person, label, days, ...(role && { roles: role }) }
  const { secret, token } = await client.post('/v1/tokens', wanted, newTokenAnswer)
  if (json) printJson({ secret, token })
  else print(secret)
  say(`Keep it safe: it is shown this once, and holds until ${token.expiresAt}.`, { quiet })
}

async function listTokens({ json, ...address }: TokenOptions) {
  const client = await clientFrom(address)
  const tokens = await client.get('/v1/tokens', tokensAnswer)
  if (json) printJson(tokens)
  else {
    const rows = tokens.map(each => [
      each.id,
      each.label,
      each.person,
      each.roles.join(', '),
      each.revokedAt === undefined ? `holds until ${each.expiresAt}` : `revoked ${each.revokedAt}`,
    ])
    print(tableText(['id', 'label', 'person', 'roles', ''], rows))
  }
}

async function revokeToken(id: string, { quiet, ...address }: TokenOptions) {
  const client = await clientFrom(address)
  await client.delete(`/v1/tokens/${encodeURIComponent(id)}`)
  say('Revoked.', { quiet })
}
