import { expect, test } from 'vitest'
import { configOf } from '../../node/config.ts'
import { openOffice, pageRulesOf } from '../../node/office.ts'
import { memoryDesk } from './api/memory-desk.ts'
import { temporaryStore } from './store/builders.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

test.each([
  [{}, {}, false],
  [{ host: '::1' }, {}, false],
  [{ host: '0.0.0.0' }, {}, true],
  [{ host: '192.0.2.1' }, {}, true],
  [{}, { origin: 'https://focalpoint.example' }, true],
  [{}, { origin: 'http://focalpoint.example' }, false],
  [{}, { secureCookies: 'always' }, true],
  [{ host: '0.0.0.0' }, { secureCookies: 'never' }, false],
] as const)('with the API at %j and the pages %j, cookies over TLS alone: %s', (api, pages, expected) => {
  expect(pageRulesOf(configOf({ member: 'QM', api, pages })).secureCookies).toBe(expected)
})

test.each(['focalpoint.example', 'https://focalpoint.example/', 'https://a.example/path', 'ftp://a.example'])(
  'the origin %s is refused',
  origin => {
    expect(() => configOf({ member: 'QM', pages: { origin } })).toThrow(
      expect.objectContaining({ code: 'config-invalid' }),
    )
  },
)

test('persons come in, are noted, and are out the moment they are disabled', async () => {
  await using store = await temporaryStore()
  const onError = (error: unknown) => {
    throw error
  }
  const config = configOf({ member: 'QM' })
  const now = () => 1_800_000_000
  const office = await openOffice({
    member: 'QM',
    channels: () => ['torture'],
    store,
    now,
    log: silent,
    config,
    registry: memoryDesk().registry,
    onError,
  })
  const { people, signIn, audit } = office
  const admin = await people.add({ name: 'A. Heron', roles: ['admin'] })
  const person = await people.add({ name: 'B. Stork', roles: ['officer'] })
  const link = await audit.as({ person: admin.id, from: 'cli' }, () =>
    signIn.createLink(person.id, { minutes: 5 }),
  )
  const opened = await signIn.openLink(link.secret, { address: '192.0.2.1', userAgent: 'A browser' })
  await people.disable(person.id)
  expect(signIn.authenticate(opened.secret, now())).toBeUndefined()
  expect(store.signIn.listSessions()).toEqual([])
  await office.forget()
  expect((await audit.list({ limit: 9 })).map(({ act, person, from }) => [act, person, from])).toEqual([
    ['person-disabled', undefined, undefined],
    ['signed-out', undefined, undefined],
    ['signed-in', person.id, 'page'],
    ['link-made', admin.id, 'cli'],
    ['person-added', undefined, undefined],
    ['person-added', undefined, undefined],
  ])
})

test('when each person came in last is known at once, and learnt from the trail of an older store', async () => {
  await using store = await temporaryStore()
  let at = 1_800_000_000
  const open = () =>
    openOffice({
      member: 'QM',
      channels: () => ['torture'],
      registry: memoryDesk().registry,
      store,
      now: () => at,
      log: silent,
      config: configOf({ member: 'QM' }),
      onError: () => {},
    })
  const before = await open()
  for (const person of ['a', 'b', 'a']) {
    await before.audit.note({ act: 'signed-in', person })
    at += 60
  }
  const { people, signIn } = await open()
  expect(['a', 'b', 'c'].map(person => signIn.lastSignedIn(person))).toEqual([at - 60, at - 120, undefined])
  const { id } = await people.add({ name: 'A. Heron', roles: ['officer'] })
  const { secret } = await signIn.createLink(id, { minutes: 5 })
  const { session } = await signIn.openLink(secret, { address: '192.0.2.1', userAgent: 'A browser' })
  await signIn.end(session.id)
  expect((await open()).signIn.lastSignedIn(id)).toBe(at)
})
