import { join } from 'node:path'
import {
  channels,
  foundMembers,
  foundRoot,
  type JoinRequest,
  netOf,
  type SignedDocument,
  verifyJoinRequest,
} from '#protocol'
import { print, printJson, say } from '../talk.ts'
import { assess } from './assess.ts'
import { assessmentJson, assessmentText } from './assessment-text.ts'
import { readPublic } from './coordinator.ts'
import { checkExpiry } from './expiry.ts'
import { readSigned, type SignedFile, usage, writeSigned } from './files.ts'
import { datesOf } from './propose.ts'
import { checkThreshold } from './threshold.ts'

export interface FoundOptions {
  coordinator: string[]
  request: string[]
  threshold: number
  thresholdOfOne?: boolean
  expires: string
  folder: string
  json?: boolean
}

/** The first root and the first members document of a network, for every coordinator to approve. */
export async function foundNetwork(options: FoundOptions): Promise<void> {
  checkExpiry('A network that', options.expires, 'Give a later one with --expires.')
  const coordinators = await Promise.all(options.coordinator.map(readPublic))
  await checkThreshold(
    coordinators.map(each => each.coordinator),
    options,
  )
  const requests = await Promise.all(options.request.map(readRequest))
  const { threshold, expires } = options
  const root = foundRoot({ coordinators: coordinators.map(each => each.coordinator), threshold, expires })
  const net = netOf(root)
  const members = foundMembers({
    net,
    requests: requests.map(({ request }) => request),
    channels: Object.fromEntries(Object.entries(channels).map(([name, { optIn }]) => [name, { optIn }])),
    issued: datesOf(options).issued,
    expires,
  })
  for (const { coordinator, safetyNumber } of coordinators)
    say(`${coordinator.id}: public key ${safetyNumber}`)
  for (const { request, number } of requests) say(`${request.member}: request ${number}`)
  const firstRoot: SignedDocument = { document: root, signatures: [] }
  const first: SignedDocument = { document: members, signatures: [] }
  const files: SignedFile[] = [
    { path: join(options.folder, 'root-1.json'), kind: 'root', version: 1, signed: firstRoot },
    { path: join(options.folder, 'members-1.json'), kind: 'members', version: 1, signed: first },
  ]
  const assessments = await Promise.all(files.map(file => assess(file, { firstRoot })))
  for (const { path, signed } of files) await writeSigned(path, signed)
  if (options.json) {
    printJson({ net, files: assessments.map((each, at) => assessmentJson(files[at]?.path ?? '', each)) })
  } else {
    for (const each of assessments) say(`\n${assessmentText(each)}`)
    print(files.map(({ path }) => path).join('\n'))
  }
  say(
    '\nNext: compare every number above by telephone. Then each coordinator approves root-1.json, and members-1.json with --founding root-1.json.',
  )
}

async function readRequest(path: string): Promise<{ request: JoinRequest; number: string }> {
  const file = await readSigned(path)
  if (file.kind !== 'join') throw usage(`${path} is no join request.`)
  const { request } = await verifyJoinRequest(file.signed, undefined)
  const { safetyNumber } = await assess(file, { firstRoot: undefined })
  return { request, number: safetyNumber }
}
