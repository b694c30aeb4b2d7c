import { join } from 'node:path'
import { type Draft, findNoticeType } from '#protocol'
import type { Config } from '../../node/config.ts'
import type { Logger } from '../../node/core.ts'
import type { Once, Person } from '../../node/people.ts'
import { type Alliance, makeAlliance } from '../alliance.ts'
import { demonstrationPlan } from '../example-alliance.ts'

export function benchAlliance(): Promise<Alliance> {
  return makeAlliance({ ...demonstrationPlan, seed: 'benchmark' })
}

/** The simplest example of a type of notice. */
export function exampleOf(type: string): Draft {
  const [draft] = findNoticeType(type)?.examples ?? []
  if (draft === undefined) throw new TypeError(`There is no example of "${type}".`)
  return draft
}

/** Two people: nothing is signed on the word of one. */
export const officer: Person = {
  id: 'officer',
  name: 'Officer',
  roles: ['officer'],
  disabled: false,
  createdAt: 0,
}
export const releaser: Person = {
  id: 'releaser',
  name: 'Releaser',
  roles: ['releaser'],
  disabled: false,
  createdAt: 0,
}

/** A release of this draft that may be asked for again. */
export function onceFor(draft: string): Once {
  return { person: releaser.id, key: draft, digest: draft }
}

export const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}

/** A node on free ports, as it would run, but for what nobody asks it here. */
export function benchConfig(member: string, dataDir: string): Config {
  return {
    member,
    dataDir,
    keyFile: '',
    trustFile: '',
    network: {
      listen: ['/ip4/127.0.0.1/tcp/0'],
      announce: [],
      peers: [],
      degree: 10,
      beaconSeconds: 30,
      catchUpSeconds: 60,
    },
    api: { host: '127.0.0.1', port: 0, requestsPerMinute: 100_000, trustedProxies: [] },
    pages: { idleMinutes: 30, origin: '', pauseSeconds: 0, secureCookies: 'auto' },
    metrics: { enabled: false, host: '127.0.0.1', port: 0 },
    signing: { lastSignedDir: join(dataDir, 'last-signed'), listenSeconds: 600 },
    store: { freeSpaceMib: 64 },
    screening: { keepDaysMost: 365, keepMost: 100_000, keepMostPerPerson: 100_000, keepMibPerPerson: 1000 },
    delivery: { allowNetworks: ['127.0.0.0/8'], allowPorts: ['1-65535'], allowHttp: false },
    backup: { remindAfterDays: 7 },
    erasure: { checkMinutes: 60 },
    log: { level: 'silent' },
  }
}
