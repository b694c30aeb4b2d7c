import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passphraseCredential } from '../../../node/passphrase.ts'
import { root, textOf } from '../../house/tree.ts'

const unit = 'node/deploy/focalpoint.service'
const mostExposure = 2

const settings = textOf(unit)
  .split('\n')
  .flatMap(line => {
    const [, name, value] = /^([A-Z]\w*)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [{ name, value }]
  })

const valuesOf = (wanted: string) => settings.filter(({ name }) => name === wanted).map(({ value }) => value)

/** What makes the rating: systemd-analyze is not on every machine that runs these tests. */
const sandbox: Record<string, string> = {
  User: 'focalpoint',
  UMask: '0077',
  NoNewPrivileges: 'yes',
  CapabilityBoundingSet: '',
  AmbientCapabilities: '',
  RestrictSUIDSGID: 'yes',
  ProtectSystem: 'strict',
  ProtectHome: 'yes',
  PrivateTmp: 'yes',
  PrivateMounts: 'yes',
  PrivateDevices: 'yes',
  PrivateUsers: 'yes',
  DevicePolicy: 'closed',
  ProtectProc: 'invisible',
  ProcSubset: 'pid',
  ProtectClock: 'yes',
  ProtectHostname: 'yes',
  ProtectKernelLogs: 'yes',
  ProtectKernelModules: 'yes',
  ProtectKernelTunables: 'yes',
  ProtectControlGroups: 'yes',
  RemoveIPC: 'yes',
  KeyringMode: 'private',
  RestrictNamespaces: 'yes',
  RestrictRealtime: 'yes',
  LockPersonality: 'yes',
  SystemCallArchitectures: 'native',
  LimitCORE: '0',
}

test('the unit takes from the node what it does not need', () => {
  for (const [name, value] of Object.entries(sandbox))
    expect({ name, values: valuesOf(name) }).toEqual({ name, values: [value] })
  expect(valuesOf('SystemCallFilter')).toEqual(['@system-service', '~@privileged @resources'])
  expect(valuesOf('RestrictAddressFamilies')).toEqual(['AF_INET AF_INET6 AF_UNIX AF_NETLINK'])
})

test('what V8 and the passphrase need is left to it', () => {
  expect(valuesOf('MemoryDenyWriteExecute')).toEqual(['no'])
  expect(valuesOf('LoadCredentialEncrypted')).toEqual([passphraseCredential])
  expect(valuesOf('StateDirectory')).toEqual(['focalpoint focalpoint-last-signed'])
})

test('systemd rates it at most 2.0, and the README says what was measured', () => {
  const [, said] = /rates it \*\*([\d.]+)\*\*/.exec(textOf('node/deploy/README.md')) ?? []
  expect(Number(said)).toBeLessThanOrEqual(mostExposure)
  const { error, stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', join(root, unit)], {
    encoding: 'utf8',
  })
  const measured = error === undefined ? /exposure level for .*: ([\d.]+)/.exec(stdout)?.[1] : said
  expect(Number(measured)).toBeLessThanOrEqual(mostExposure)
})

test('the program that it starts is in the tree, and the command line takes its words', () => {
  const [start = ''] = valuesOf('ExecStart')
  expect(start).toMatch(/^\/usr\/bin\/node \/opt\/focalpoint\/node\/bin\.js serve --config \S+$/)
})
