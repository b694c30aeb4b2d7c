import { z } from 'zod'
import type { ErrorCode, Member, Registry } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import { readers } from './access.ts'
import type { App } from './app.ts'
import { apiLimits } from './limits.ts'

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
  .meta({
    title: 'Registry',
    examples: [
      {
        net: 'a'.repeat(52),
        root: 1,
        version: 3,
        issued: '2026-01-01',
        expires: '2030-01-01',
        channels: { torture: { optIn: false } },
        members: [{ id: 'QM', names: { en: 'Quillmark' } }],
      },
    ],
  })

const offered = z
  .strictObject({
    documents: z
      .array(
        z.strictObject({
          kind: z.enum(['root', 'members', 'stop']),
          document: z.string().meta({ description: 'The JCS text that was signed.' }),
          signatures: z.array(z.string()).meta({ description: 'Detached compact JWS, one a signer.' }),
        }),
      )
      .min(1)
      .max(64),
  })
  .meta({
    title: 'Registry documents',
    examples: [{ documents: [{ kind: 'members', document: '{"version":4}', signatures: ['e30..c2ln'] }] }],
  })

const adoption = z
  .strictObject({
    adopted: z.array(z.strictObject({ kind: z.string(), version: z.int() })),
    registry: z.strictObject({ root: z.int(), members: z.int(), expires: z.string() }),
  })
  .meta({
    title: 'What was put in force',
    examples: [
      {
        adopted: [{ kind: 'members', version: 4 }],
        registry: { root: 1, members: 4, expires: '2030-01-01' },
      },
    ],
  })

/** The first ones that a document may be refused for; the specification has all. */
const documentProblems: readonly ErrorCode[] = [
  'document-malformed',
  'signatures-too-few',
  'members-rollback',
  'members-conflict',
  'root-rollback',
]

export function memberRoutes(app: App, desk: Pick<Desk, 'registry' | 'adopt'>): void {
  app.get(
    '/v1/members',
    {
      config: { access: readers },
      schema: {
        operationId: 'getRegistry',
        summary: 'The registry: participants, their keys, and where they hold.',
        response: { 200: registryView },
      },
    },
    async () => viewOf(desk.registry()),
  )

  app.post(
    '/v1/members/documents',
    {
      bodyLimit: apiLimits.registryBodyBytes,
      config: { access: ['coordinator', 'admin'], again: 'harmless', problems: documentProblems },
      schema: {
        operationId: 'adoptDocuments',
        summary: 'Puts roots, members documents and stops in force, here and then everywhere.',
        description: 'Their signatures decide, not who sends them. What is held already is passed over.',
        body: offered,
        response: { 200: adoption },
      },
    },
    async request => {
      const adopted = await desk.adopt(request.body.documents)
      const { root, version: members, expires } = viewOf(desk.registry())
      return {
        adopted: adopted.map(({ kind, document }) => ({ kind, version: versionIn(document) })),
        registry: { root, members, expires },
      }
    },
  )
}

/** A stop has no version. */
function versionIn(document: string): number {
  const { version } = JSON.parse(document) as { version?: number }
  return version ?? 0
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
