import { z } from 'zod'
import { type People, type Person, roles, type Token } from '../people.ts'
import type { Access } from './access.ts'
import type { Again } from './again.ts'
import type { App } from './app.ts'
import { examples } from './examples.ts'
import { person, token } from './responses.ts'
import { isoOf } from './times.ts'
import { idOf } from './validate.ts'

const admins: Access = ['admin']

const rolesForm = z.array(z.enum(roles)).min(1).max(roles.length)
const name = z.string().trim().min(1).max(200)
const newPerson = z
  .strictObject({ name, roles: rolesForm })
  .meta({ title: 'Person to add', examples: [{ name: examples.person.name, roles: examples.person.roles }] })
const personChange = z
  .strictObject({
    roles: rolesForm.meta({ description: 'All roles that the person has from now on.' }),
  })
  .meta({ title: 'Change of a person', examples: [{ roles: ['customs', 'officer'] }] })
const newToken = z
  .strictObject({
    person: z.string().meta({ description: 'The id of the person.' }),
    label: name.meta({ description: 'What it is for.' }),
    days: z.int().min(1).max(3660),
    roles: rolesForm
      .exactOptional()
      .meta({ description: "Some of the person's roles; all of them when absent." }),
  })
  .meta({
    title: 'Token to make',
    examples: [{ person: examples.person.id, label: examples.token.label, days: 365 }],
  })
const madeToken = z
  .strictObject({ secret: z.string().meta({ description: 'Shown this once.' }), token })
  .meta({ title: 'New token', examples: [{ secret: `fp_${'A'.repeat(43)}`, token: examples.token }] })

export function peopleRoutes(app: App, people: People): void {
  const againPerson: Again = id => {
    const found = people.find(id)
    return found && personView(found)
  }

  app.get(
    '/v1/people',
    {
      config: { access: admins },
      schema: {
        operationId: 'listPeople',
        summary: 'The persons who use this node.',
        response: { 200: z.array(person) },
      },
    },
    async () => people.list().map(personView),
  )

  app.post(
    '/v1/people',
    {
      config: { access: admins, again: againPerson, problems: ['name-taken'] },
      schema: {
        operationId: 'addPerson',
        summary: 'Adds a person, under a name that nobody here has.',
        body: newPerson,
        response: { 201: person },
      },
    },
    async (request, reply) => reply.code(201).send(personView(await people.add(request.body))),
  )

  app.patch(
    '/v1/people/:id',
    {
      config: { access: admins, problems: ['conflict', 'last-administrator'] },
      schema: {
        operationId: 'changePerson',
        summary:
          'Changes what a person may do, at once: on open pages, and by tokens, which have no more than they were made with.',
        params: idOf('person'),
        body: personChange,
        response: { 200: person },
      },
    },
    async request => personView(await people.changeRoles(request.params.id, request.body.roles)),
  )

  app.post(
    '/v1/people/:id/disable',
    {
      config: { access: admins, again: 'harmless', problems: ['last-administrator'] },
      schema: {
        operationId: 'disablePerson',
        summary: 'Disables a person, whose tokens stop at once.',
        params: idOf('person'),
        response: { 200: person },
      },
    },
    async request => personView(await people.disable(request.params.id)),
  )

  app.get(
    '/v1/tokens',
    {
      config: { access: admins },
      schema: {
        operationId: 'listTokens',
        summary: 'All tokens, without their secrets.',
        response: { 200: z.array(token) },
      },
    },
    async () => people.listTokens().map(tokenView),
  )

  app.post(
    '/v1/tokens',
    {
      config: { access: admins, again: 'refused', problems: ['not-found', 'conflict'] },
      schema: {
        operationId: 'createToken',
        summary: 'Makes a token for a person.',
        body: newToken,
        response: { 201: madeToken },
      },
    },
    async (request, reply) => {
      const { secret, token } = await people.createToken(request.body)
      return reply.code(201).send({ secret, token: tokenView(token) })
    },
  )

  app.delete(
    '/v1/tokens/:id',
    {
      config: { access: admins },
      schema: {
        operationId: 'revokeToken',
        summary: 'Revokes a token at once.',
        params: idOf('token'),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await people.revokeToken(request.params.id)
      return reply.code(204).send(null)
    },
  )
}

function personView({ id, name, roles, disabled, createdAt }: Person): z.infer<typeof person> {
  return { id, name, roles, disabled, createdAt: isoOf(createdAt) }
}

function tokenView({ hash, person, roles, label, ...times }: Token): z.infer<typeof token> {
  const { createdAt, expiresAt, revokedAt } = times
  return {
    id: hash,
    person,
    roles,
    label,
    createdAt: isoOf(createdAt),
    expiresAt: isoOf(expiresAt),
    ...(revokedAt !== undefined && { revokedAt: isoOf(revokedAt) }),
  }
}
