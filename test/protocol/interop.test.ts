import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generalVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { encodeText } from '../../protocol/base64url.ts'
import { countSignatures, importPublicKey, signDocument, thumbprint } from '../../protocol/registry/index.ts'
import { coordinators, keys, listed } from '../../scripts/vectors/alliance.ts'
import {
  compare,
  comparisonTable,
  hasOpenssl,
  isRefusedByUs,
  isTakenByJose,
  isTakenBySdJwt,
  saidByOpenssl,
} from '../../scripts/vectors/others.ts'
import type { Vector } from '../../scripts/vectors/vector.ts'
import { readVector, vectorsOf } from './judge.ts'

const root = join(import.meta.dirname, '..', '..')
const all = vectorsOf<{ text: string; reads?: { id: string } }>('notices.json')
const good = all.filter(vector => !isRefusedByUs(vector))
const openssl = await hasOpenssl()
const reason = openssl ? '' : ' (skipped: openssl 3 is not on this machine)'

/** A claimed time in the future is refused by the library, which we never do. */
const timely = good.filter(({ name }) => name !== 'time-far')

describe('good notices', () => {
  it('are verified by jose', async () => {
    for (const { name, text } of good) expect(await isTakenByJose(text, keys.QM.signing), name).toBe(true)
  })

  it('are verified by @sd-jwt/core, with parts withheld and erased too', async () => {
    for (const { name, text } of timely) expect(await isTakenBySdJwt(text, keys.QM.signing), name).toBe(true)
  })

  it.skipIf(!openssl)(`are verified by openssl alone, from trust.json and from a key${reason}`, async () => {
    for (const { name, text, reads } of good) {
      expect(await saidByOpenssl(text, readVector('trust.json')), name).toContain(`id ${reads?.id}`)
    }
    expect(await saidByOpenssl(good[0]?.text ?? '', JSON.stringify(keys.QM.signing))).toContain(
      'QM, torture, place 1',
    )
  })
})

describe('bad notices', () => {
  it.skipIf(!openssl)(`are taken by others where the table in the README says so${reason}`, async () => {
    const bad: Vector[] = all.filter(isRefusedByUs)
    const table = comparisonTable(await compare(bad))
    expect(readFileSync(join(root, 'protocol', 'README.md'), 'utf8')).toContain(table)
  })
})

it('the openssl script has under 60 lines and imports nothing but the platform', () => {
  const lines = readFileSync(join(root, 'scripts', 'verify-with-openssl.mjs'), 'utf8')
    .trimEnd()
    .split('\n')
  expect(lines.length).toBeLessThan(60)
  const imports = lines.filter(line => /\bimport\b|\brequire\b/.test(line))
  expect(imports.every(line => /from 'node:(child_process|fs|os|path)'$/.test(line))).toBe(true)
})

it('jose counts a text as signed with one good signature of two, and the registry does not (trap 14)', async () => {
  const [one, two] = coordinators(1, 2)
  if (one === undefined || two === undefined) throw new Error('There are no coordinators.')
  const document = '{"a":1}'
  const typ = 'members+jws'
  const good = await signDocument({ document, typ, key: one.key })
  const bad = await signDocument({ document: '{"a":2}', typ, key: two.key })
  const general = {
    payload: encodeText(document),
    signatures: [good, bad].map(detached => {
      const [head = '', , signature = ''] = detached.split('.')
      return { protected: head, signature }
    }),
  }
  const keyOf = ({ kid }: { kid?: unknown } = {}) =>
    importPublicKey(kid === thumbprint(one.key) ? one.key : two.key)
  const { payload } = await generalVerify(general, keyOf)
  expect(new TextDecoder().decode(payload)).toBe(document)
  const counting = countSignatures({
    document,
    typ,
    signatures: [good, bad],
    coordinators: [one, two].map(listed),
    threshold: 1,
  })
  await expect(counting).rejects.toMatchObject({ code: 'signature-invalid' })
})
