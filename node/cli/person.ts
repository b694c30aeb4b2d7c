import type { Command } from 'commander'
import type { z } from 'zod'
import { FocalpointError } from '#protocol'
import { roles } from '../people.ts'
import { peopleAnswer, personAnswer, signInLinkAnswer } from './answers.ts'
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
  asClient(command.command('roles').description('Change what a person may do, at once.'))
    .argument('<name or id>', 'as "person list" shows it')
    .requiredOption('--role <role>', 'all that the person may do from now on; may be repeated', collected)
    .action(changeRoles)
  asClient(command.command('disable').description('Disable a person: all of their tokens stop at once.'))
    .argument('<id>', 'as "person list" shows it')
    .action(disablePerson)
  asClient(command.command('link').description('Make a link by which a person signs in to the pages, once.'))
    .argument('<name or id>', 'as "person list" shows it')
    .action(linkPerson)
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

async function changeRoles(
  nameOrId: string,
  { role, json, quiet, ...address }: PersonOptions & { role: string[] },
) {
  checkRoles(role)
  const client = await clientFrom(address)
  const { id } = personIn(await client.get('/v1/people', peopleAnswer), nameOrId)
  const person = await client.patch(`/v1/people/${encodeURIComponent(id)}`, { roles: role }, personAnswer)
  if (json) printJson(person)
  say(`From now on ${person.name} is ${person.roles.join(', ')}.`, { quiet })
}

async function disablePerson(id: string, { json, quiet, ...address }: PersonOptions) {
  const client = await clientFrom(address)
  const person = await client.post(`/v1/people/${encodeURIComponent(id)}/disable`, undefined, personAnswer)
  if (json) printJson(person)
  say(`${person.name} is disabled; all of their tokens have stopped.`, { quiet })
}

async function linkPerson(nameOrId: string, { json, quiet, ...address }: PersonOptions) {
  const client = await clientFrom(address)
  const person = personIn(await client.get('/v1/people', peopleAnswer), nameOrId)
  const path = `/v1/people/${encodeURIComponent(person.id)}/sign-in-links`
  const link = await client.post(path, undefined, signInLinkAnswer)
  if (json) printJson({ person: person.id, ...link })
  else print(link.url)
  say(`Give it to nobody but ${person.name}. It opens once, until ${link.expiresAt}.`, { quiet })
}

/** By id, or by a name that only one has who is not disabled. */
function personIn(people: z.infer<typeof peopleAnswer>, nameOrId: string): z.infer<typeof personAnswer> {
  const name = nameOrId.trim().normalize('NFC')
  const found = people.filter(each => each.id === nameOrId)
  const named = people.filter(each => !each.disabled && each.name.trim().normalize('NFC') === name)
  const [person, another] = found.length > 0 ? found : named
  if (person === undefined) {
    throw new FocalpointError('not-found', 'There is no such person: "focalpoint person list" shows all.', {
      what: 'person',
      id: nameOrId,
    })
  }
  if (another === undefined) return person
  throw new FocalpointError(
    'name-shared',
    `${named.length} persons are called ${name}: give the id of the one that you mean, as "focalpoint person list" shows it.`,
    { name },
  )
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
