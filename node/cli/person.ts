import type { Command } from 'commander'
import { FocalpointError } from '#protocol'
import { roles } from '../people.ts'
import { peopleAnswer, personAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { asClient, collected, type Listing, type NodeAddress } from './options.ts'
import { tableText } from './table.ts'
import { print, printJson, say } from './talk.ts'

type PersonOptions = NodeAddress & Listing

export function describePerson(command: Command): void {
  asClient(command.command('add').description('Add a person, with the roles that they may have.'))
    .argument('<name>', 'as colleagues know them')
    .requiredOption(
      '--role <role>',
      'officer, releaser, customs, coordinator or admin; may be repeated',
      collected,
    )
    .action(addPerson)
  asClient(command.command('disable').description('Disable a person: all of their tokens stop at once.'))
    .argument('<id>', 'as "person list" shows it')
    .action(disablePerson)
  asClient(command.command('list').description('List all persons.')).action(listPeople)
}

async function addPerson(
  name: string,
  { role, json, quiet, ...address }: PersonOptions & { role: string[] },
) {
  checkRoles(role)
  const client = await clientFrom(address)
  const person = await client.post('/v1/people', { name, roles: role }, personAnswer)
  if (json) printJson(person)
  else print(person.id)
  say(`Added ${person.name}. Next: focalpoint token create --person ${person.id} --label "…"`, { quiet })
}

function checkRoles(given: readonly string[]): void {
  const unknown = given.find(each => !roles.some(role => role === each))
  if (unknown === undefined) return
  const what = `--role: ${unknown} is none of ${roles.join(', ')}.`
  throw new FocalpointError('usage', what, { what })
}

async function disablePerson(id: string, { json, quiet, ...address }: PersonOptions) {
  const client = await clientFrom(address)
  const person = await client.post(`/v1/people/${encodeURIComponent(id)}/disable`, undefined, personAnswer)
  if (json) printJson(person)
  say(`${person.name} is disabled; all of their tokens have stopped.`, { quiet })
}

async function listPeople({ json, ...address }: PersonOptions) {
  const client = await clientFrom(address)
  const people = await client.get('/v1/people', peopleAnswer)
  if (json) printJson(people)
  else {
    const rows = people.map(each => [
      each.id,
      each.name,
      each.roles.join(', '),
      each.disabled ? 'disabled' : '',
    ])
    print(tableText(['id', 'name', 'roles', ''], rows))
  }
}
