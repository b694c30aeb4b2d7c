import { expect, test } from 'vitest'
import { sha256 } from '#protocol'
import { removeFolder, temporaryFolder } from '../store/builders.ts'
import { browser, openTestSignIn, password, rules } from './open-test-sign-in.ts'

const minute = 60

test('a link opens one session, once, also for two who are equally quick', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron', ['customs'])
  const { secret, expiresAt } = await at.signIn.createLink(person.id, { minutes: 15 })
  expect(secret).toMatch(/^fl_[A-Za-z0-9_-]{43}$/)
  expect(at.signIn.findLink(secret)).toEqual({ person, expiresAt, again: false })
  const opened = await Promise.allSettled([1, 2, 3].map(() => at.signIn.openLink(secret, browser)))
  expect(opened.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(at.signIn.sessions(person.id)).toMatchObject([{ openedBy: 'link', userAgent: 'A browser' }])
  await expect(at.signIn.openLink(secret, browser)).rejects.toMatchObject({ code: 'link-spent' })
  expect(at.signIn.findLink(secret)).toBeUndefined()
})

test('a link ends at its time, with its person, and a demonstration’s opens again until then', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron')
  const again = await at.signIn.createLink(person.id, { minutes: 15, again: true })
  const once = await at.signIn.createLink(person.id, { minutes: 15 })
  await at.signIn.openLink(again.secret, browser)
  await at.signIn.openLink(again.secret, browser)
  at.clock.now += 15 * minute
  for (const { secret } of [again, once])
    await expect(at.signIn.openLink(secret, browser)).rejects.toMatchObject({ code: 'link-spent' })
  await at.signIn.forget()
  expect(at.store.signIn.listLinks()).toEqual([])
  const later = await at.signIn.createLink(person.id, { minutes: 15 })
  await at.people.disable(person.id)
  await expect(at.signIn.openLink(later.secret, browser)).rejects.toMatchObject({ code: 'link-spent' })
  await expect(at.signIn.createLink(person.id, { minutes: 1 })).rejects.toMatchObject({ code: 'conflict' })
})

test('a session has the roles of its person at that moment, and nothing once the person is disabled', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron', ['officer', 'admin'])
  await at.add('B. Stork', ['admin'])
  const { secret } = await at.signIn.openLink(
    (await at.signIn.createLink(person.id, { minutes: 1 })).secret,
    browser,
  )
  expect(at.signIn.authenticate(secret, at.clock.now)?.roles).toEqual(['officer', 'admin'])
  await at.people.changeRoles(person.id, ['releaser'])
  expect(at.signIn.authenticate(secret, at.clock.now)?.roles).toEqual(['releaser'])
  await at.people.disable(person.id)
  expect(at.signIn.authenticate(secret, at.clock.now)).toBeUndefined()
})

test('a session ends when nobody uses it, and at the end of the day however busy it was', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron')
  const link = await at.signIn.createLink(person.id, { minutes: 15, again: true })
  const idle = await at.signIn.openLink(link.secret, browser)
  const busy = await at.signIn.openLink(link.secret, browser)
  const begun = at.clock.now
  const polls = (now: number) => at.signIn.authenticate(idle.secret, now, { isActivity: false })
  for (let now = begun; now < begun + rules.sessionSeconds; now += 10 * minute) {
    expect([now - begun, at.signIn.authenticate(busy.secret, now) !== undefined]).toEqual([now - begun, true])
    expect([now - begun, polls(now) !== undefined]).toEqual([now - begun, now < begun + rules.idleSeconds])
  }
  expect(at.signIn.authenticate(busy.secret, begun + rules.sessionSeconds)).toBeUndefined()
  at.clock.now = begun + rules.sessionSeconds
  await at.signIn.forget()
  expect(at.store.signIn.listSessions()).toEqual([])
})

test('when it was seen is written at most once a minute', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron')
  const { secret, session } = await at.signIn.openLink(
    (await at.signIn.createLink(person.id, { minutes: 15 })).secret,
    browser,
  )
  const begun = at.clock.now
  for (let second = 0; second < minute; second++) at.signIn.authenticate(secret, begun + second)
  await at.store.writeAlone([])
  expect(at.store.signIn.findSession(session.id)?.lastSeenAt).toBe(begun)
  expect(at.signIn.sessions()[0]?.lastSeenAt).toBe(begun + minute - 1)
  at.signIn.authenticate(secret, begun + minute)
  await at.store.writeAlone([])
  expect(at.store.signIn.findSession(session.id)?.lastSeenAt).toBe(begun + minute)
})

test('one ends a session, all others, or all; one that has ended is not written again', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron')
  const { secret: link } = await at.signIn.createLink(person.id, { minutes: 15, again: true })
  const open = () => at.signIn.openLink(link, browser)
  const [one, two, three] = [await open(), await open(), await open()]
  const isIn = ({ secret }: typeof one) => at.signIn.authenticate(secret, at.clock.now) !== undefined
  const ended = at.signIn.end(one.session.id)
  at.signIn.authenticate(one.secret, at.clock.now + minute)
  await ended
  await at.store.writeAlone([])
  expect([one, two, three].map(isIn)).toEqual([false, true, true])
  await at.signIn.endOthers(two.session)
  expect([one, two, three].map(isIn)).toEqual([false, true, false])
  await at.signIn.endAllOf(person.id)
  expect([one, two, three].map(isIn)).toEqual([false, false, false])
  expect(at.noted.filter(act => act === 'signed-out')).toHaveLength(3)
  await expect(open()).rejects.toMatchObject({ code: 'link-spent' })
})

test('a password lets its person in by name, ends the other sessions, and needs the current one later', async () => {
  await using at = await openTestSignIn()
  const person = await at.addWithPassword('A. Heron')
  const other = await at.signIn.signIn({ name: ' a.  heron ', password }, browser)
  expect(other).toMatchObject({ person: { id: person.id }, session: { openedBy: 'password' } })
  const mine = await at.signIn.signIn({ name: 'A. Heron', password }, browser)
  const next = 'many loud magpies now'
  await expect(at.signIn.setPassword(mine, { next })).rejects.toMatchObject({ code: 'sign-in-refused' })
  await expect(at.signIn.setPassword(mine, { current: password, next: 'short' })).rejects.toMatchObject({
    code: 'request-malformed',
    details: { errors: [{ pointer: '/next', code: 'too-short' }] },
  })
  await at.signIn.setPassword(mine, { current: password, next })
  expect(at.signIn.authenticate(other.secret, at.clock.now)).toBeUndefined()
  expect(at.signIn.authenticate(mine.secret, at.clock.now)).toBeDefined()
  await expect(at.signIn.setPassword(other, { current: next, next: password })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
  await expect(at.signIn.signIn({ name: 'A. Heron', password }, browser)).rejects.toMatchObject({
    code: 'sign-in-refused',
  })
})

test('a session that begins at the moment of a new password ends with the old one', async () => {
  await using at = await openTestSignIn()
  const person = await at.addWithPassword('A. Heron')
  const mine = await at.signIn.signIn({ name: 'A. Heron', password }, browser)
  const { secret } = await at.signIn.createLink(person.id, { minutes: 5 })
  const [opened] = await Promise.all([
    at.signIn.openLink(secret, browser),
    at.store.signIn.putPassword(
      { person: person.id, phc: 'other', setAt: at.clock.now },
      { by: mine.session.id },
    ),
  ])
  expect(at.signIn.authenticate(opened.secret, at.clock.now)).toBeUndefined()
  expect(at.signIn.authenticate(mine.secret, at.clock.now)).toBeDefined()
})

test('only fresh from a link is a password set without the current one', async () => {
  await using at = await openTestSignIn()
  const person = await at.add('A. Heron')
  const opened = await at.signIn.openLink(
    (await at.signIn.createLink(person.id, { minutes: 15 })).secret,
    browser,
  )
  at.clock.now += 15 * minute + 1
  await expect(at.signIn.setPassword(opened, { next: password })).rejects.toMatchObject({
    code: 'sign-in-refused',
  })
  expect(at.signIn.hasPassword(person.id)).toBe(false)
})

test('every try takes one run of the hash, whether or not there is such a person or a password', async () => {
  await using at = await openTestSignIn()
  await at.addWithPassword('A. Heron')
  await at.add('B. Stork')
  for (const [name, given] of [
    ['A. Heron', 'wrong'],
    ['B. Stork', 'wrong'],
    ['Nobody', 'wrong'],
    ['A. Heron', 'x'.repeat(5000)],
  ] as const) {
    const before = at.runs()
    const refused = at.signIn.signIn({ name, password: given }, browser)
    await expect(refused, name).rejects.toMatchObject({
      code: 'sign-in-refused',
      details: { what: 'password' },
    })
    expect([name, at.runs() - before]).toEqual([name, 1])
  }
})

test('a try that is not made, for too many wait, counts for nothing', async () => {
  await using at = await openTestSignIn()
  await at.addWithPassword('A. Heron')
  const strangers = Array.from({ length: 40 }, (_, number) =>
    at.signIn.signIn(
      { name: `Nobody ${number}`, password: 'wrong' },
      { ...browser, address: `192.0.2.${number}` },
    ),
  )
  const tries = Array.from({ length: 5 }, () => at.signIn.signIn({ name: 'A. Heron', password }, browser))
  const told = await Promise.allSettled(tries)
  await Promise.allSettled(strangers)
  expect(told.map(each => each.status === 'rejected' && each.reason.code)).toEqual(
    tries.map(() => 'too-many-requests'),
  )
  expect((await at.signIn.signIn({ name: 'A. Heron', password }, browser)).person.name).toBe('A. Heron')
})

test('wrong tries in a row make one wait, also at once, also for a name that nobody has', async () => {
  await using at = await openTestSignIn()
  await at.addWithPassword('A. Heron')
  for (const name of ['A. Heron', 'Nobody']) {
    const before = at.runs()
    const tried = await Promise.allSettled(
      Array.from({ length: 8 }, () => at.signIn.signIn({ name, password: 'wrong' }, browser)),
    )
    const codes = tried.map(each => each.status === 'rejected' && each.reason.code)
    expect([name, codes.filter(code => code === 'sign-in-refused').length]).toEqual([name, 5])
    expect([name, at.runs() - before]).toEqual([name, 5])
    await expect(at.signIn.signIn({ name, password }, browser)).rejects.toMatchObject({
      code: 'locked-out',
      details: { retryAfterSeconds: minute },
    })
  }
  expect(at.noted.filter(act => act === 'locked-out').length).toBeGreaterThan(0)
  at.clock.now += minute
  expect((await at.signIn.signIn({ name: 'A. Heron', password }, browser)).person.name).toBe('A. Heron')
})

test('who is locked out stays so over a restart, until a link lets them in', async () => {
  const dir = await temporaryFolder()
  let id = ''
  {
    await using at = await openTestSignIn({ dir })
    id = (await at.addWithPassword('A. Heron')).id
    for (let tries = 0; tries < 5; tries++)
      await at.signIn.signIn({ name: 'A. Heron', password: 'wrong' }, browser).catch(() => {})
  }
  await using at = await openTestSignIn({ dir })
  const come = () => at.signIn.signIn({ name: 'A. Heron', password }, browser)
  await expect(come()).rejects.toMatchObject({ code: 'locked-out' })
  await at.signIn.openLink((await at.signIn.createLink(id, { minutes: 15 })).secret, browser)
  expect((await come()).person.id).toBe(id)
  await at.store[Symbol.asyncDispose]()
  await removeFolder(dir)
})

test('a name that two persons of an older store have opens nothing, and that is told only to who knows the password', async () => {
  await using at = await openTestSignIn()
  await at.addWithPassword('A. Heron')
  const twin = await at.add('B. Stork')
  await at.rows.putPerson({ ...twin, name: 'A. Heron' })
  const come = (given: string) => at.signIn.signIn({ name: 'A. Heron', password: given }, browser)
  await expect(come('wrong')).rejects.toMatchObject({ code: 'sign-in-refused' })
  await expect(come(password)).rejects.toMatchObject({ code: 'name-shared' })
  const opened = await at.signIn.openLink(
    (await at.signIn.createLink(twin.id, { minutes: 15 })).secret,
    browser,
  )
  await expect(at.signIn.setPassword(opened, { next: password })).rejects.toMatchObject({
    code: 'name-shared',
  })
  await at.people.disable(twin.id)
  expect((await come(password)).person.name).toBe('A. Heron')
})

test('secrets are kept as hashes alone, and neither sessions nor links are in a backup', async () => {
  await using at = await openTestSignIn()
  const person = await at.addWithPassword('A. Heron')
  const { secret: link } = await at.signIn.createLink(person.id, { minutes: 15 })
  const { secret } = await at.signIn.signIn({ name: 'A. Heron', password }, browser)
  await at.signIn.signIn({ name: 'A. Heron', password: 'wrong' }, browser).catch(() => {})
  expect(at.store.hasRow(`session!${sha256(secret)}`)).toBe(true)
  expect(at.store.hasRow(`link!${sha256(link)}`)).toBe(true)
  const keys: string[] = []
  for await (const page of at.store.snapshot()) {
    keys.push(...page.map(([key]) => key.split('!')[0] ?? ''))
    expect(JSON.stringify(page)).not.toContain(password)
  }
  expect(keys).toContain('password')
  expect(keys.filter(table => ['session', 'link', 'failures'].includes(table))).toEqual([])
  expect(at.store.signIn.findPassword(person.id)?.phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('one person sets one password at a time, and leaves the turns to those who sign in', async () => {
  await using at = await openTestSignIn()
  const person = await at.addWithPassword('A. Heron')
  await at.addWithPassword('B. Crane')
  const { secret } = await at.signIn.createLink(person.id, { minutes: 15 })
  const by = await at.signIn.openLink(secret, browser)
  const set = Promise.allSettled(
    Array.from({ length: 20 }, () => at.signIn.setPassword(by, { next: `${password} again` })),
  )
  await at.signIn.signIn({ name: 'B. Crane', password }, browser)
  const refused = (await set).filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(19)
  expect(refused[0]).toMatchObject({ reason: { code: 'too-many-requests' } })
  await at.signIn.setPassword(by, { next: password })
})
