import { z } from 'zod'
import type { Member, Registry } from '#protocol'
import { readers } from './access.ts'
import type { App } from './app.ts'
import type { Desk } from './desk.ts'

const json = z.record(z.string(), z.unknown())

const registryView = z
  .strictObject({
    net: z.string(),
    root: z.int(),
    version: z.int(),
    issued: z.string(),
    expires: z.string(),
    channels: z.record(z.string(), z.strictObject({ optIn: z.boolean() })),
    members: z.array(json),
  })
  .meta({ title: 'Registry' })

export function memberRoutes(app: App, desk: Pick<Desk, 'registry'>): void {
  app.get(
    '/v1/members',
    {
      config: { access: readers },
      schema: {
        summary: 'The registry: participants, their keys, and where they hold.',
        response: { 200: registryView },
      },
    },
    async () => viewOf(desk.registry()),
  )
}

function viewOf({ net, root, members }: Registry): z.infer<typeof registryView> {
  return {
    net,
    root: root.version,
    version: members.version,
    issued: members.issued,
    expires: members.expires < root.expires ? members.expires : root.expires,
    channels: members.channels,
    members: members.members.map((member: Member) => ({ ...member })),
  }
}
