#!/usr/bin/env node
// Verifies a notice with the program openssl (3 or later) alone; nothing of focalpoint is used.
//   node verify-with-openssl.mjs NOTICE-FILE TRUST-OR-JWK-FILE
// Shows that the key signed the envelope and that the envelope lists every part that is there, and nothing else; the
// signatures of a trust.json are not checked.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [noticeFile, keyFile] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'notice-'))
try {
  if (keyFile === undefined) throw new Error('usage: verify-with-openssl.mjs NOTICE-FILE TRUST-OR-JWK-FILE')
  console.log(verify(readFileSync(noticeFile, 'utf8')))
} catch (error) {
  console.error(`not verified: ${error.message.split('\n')[0]}`)
  process.exitCode = 6
} finally {
  rmSync(folder, { recursive: true })
}

function verify(text) {
  const [jws, ...parts] = text.split('~')
  const [header, payload, signature] = jws.split('.')
  const key = write('key', publicKey(JSON.parse(bytes(header)).kid))
  const input = ['-rawin', '-in', write('input', `${header}.${payload}`)]
  const sigfile = write('signature', bytes(signature))
  openssl('pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', key, ...input, '-sigfile', sigfile)
  const { _sd: digests, iss, channel, seq } = JSON.parse(bytes(payload))
  const foreign = parts.find(part => part !== '' && !digests.includes(sha256(part)))
  if (foreign) throw new Error(`${iss} did not sign the part ${bytes(foreign)}`)
  return `verified: ${iss}, ${channel}, place ${seq}, id ${sha256(`${header}.${payload}`)}`
}

/** DER of RFC 8410: a fixed beginning and the 32 bytes of the key. */
function publicKey(kid) {
  const { members, ...jwk } = JSON.parse(readFileSync(keyFile, 'utf8'))
  const all = members ? JSON.parse(members.document).members.flatMap(each => each.signing) : [{ kid, jwk }]
  const key = all.find(each => each.kid === kid)
  if (key === undefined) throw new Error(`key ${kid} is not in ${keyFile}`)
  return Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes(key.jwk.x)])
}

function sha256(text) {
  return openssl('dgst', '-sha256', '-binary', write('text', text)).toString('base64url')
}
function openssl(...words) {
  return execFileSync('openssl', words, { stdio: 'pipe' })
}
function bytes(encoded) {
  return Buffer.from(encoded, 'base64url')
}
function write(name, content) {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
