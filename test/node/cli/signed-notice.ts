import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exampleFolder, type Keys } from '../../../node/keys.ts'
import {
  findNoticeType,
  importPrivateKey,
  nextNotice,
  noticeText,
  openTrust,
  type PrivateJwk,
  parseEnvelope,
  type Registry,
  signEnvelope,
  thumbprint,
} from '../../../protocol/index.ts'

export async function exampleRegistry(): Promise<Registry> {
  return openTrust(await readFile(join(exampleFolder, 'trust.json'), 'utf8'))
}

/** The text of an example denial, signed with QM's example key or a given one as `issuer`'s first notice. */
export async function signedNotice({
  issuer = 'QM',
  signing,
}: {
  issuer?: string
  signing?: PrivateJwk
} = {}): Promise<string> {
  const example: Keys = JSON.parse(await readFile(join(exampleFolder, 'QM.json'), 'utf8'))
  const keys = { signing: signing ?? example.signing }
  const { net } = await exampleRegistry()
  const [draft] = findNoticeType('denial')?.examples ?? []
  if (draft === undefined) throw new Error('The type denial has no example.')
  const { payload, parts } = nextNotice(draft, {
    issuer,
    channel: 'torture',
    head: undefined,
    iat: 1_780_000_000,
    members: 1,
    salt: () => 'AAAAAAAAAAAAAAAAAAAAAA',
  })
  const kid = thumbprint(keys.signing)
  const jws = await signEnvelope(payload, { kid, net, key: await importPrivateKey(keys.signing) })
  return noticeText({ envelope: parseEnvelope(jws, { net }), parts })
}
