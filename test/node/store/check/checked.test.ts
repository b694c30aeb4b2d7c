import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Level } from 'level'
import { expect, onTestFinished, test } from 'vitest'
import { type Checked, openCheckedStore } from '../../../../node/store/check/checked.ts'
import { readHighWater } from '../../../../node/store/check/high-water.ts'
import { openStore } from '../../../../node/store/index.ts'
import { put } from '../../../../node/store/operation.ts'
import { admit, newLog, removeFolder, temporaryFolder } from '../builders.ts'

const people = 5
const log = newLog(30)

/** A data folder with a store that was closed in order. */
async function newFolder(): Promise<string> {
  const dataDir = await temporaryFolder()
  onTestFinished(() => removeFolder(dataDir))
  const { store } = await open(dataDir)
  await admit(store, log)
  for (let at = 0; at < people; at++) await store.write([put(`person!${at}`, `{"id":"${at}"}`)])
  await store[Symbol.asyncDispose]()
  return dataDir
}

function open(dataDir: string): Promise<Checked> {
  return openCheckedStore({ dataDir, now: () => 1_800_000_000 })
}

/** What a start finds, what it told, and how many of its people and texts are left. */
async function startOf(dataDir: string) {
  const { store, refills } = await open(dataDir)
  const texts: string[] = []
  for (const refill of refills) {
    for await (const text of refill.notices()) texts.push(text)
    await refill.done({})
  }
  const told = {
    states: refills.map(({ found }) => found.state),
    lost: refills.map(({ lost }) => lost),
    people: store.people.list().length,
    texts: texts.length,
    height: store.notices.head('torture', 'QM')?.seq ?? 0,
    last: store.feed.lastCursor(),
  }
  await store[Symbol.asyncDispose]()
  return told
}

const sound = { states: [], lost: [], people, texts: 0, height: log.length, last: log.length }

async function fileOf(dataDir: string, kind: RegExp): Promise<string> {
  const name = (await readdir(join(dataDir, 'store'))).find(each => kind.test(each))
  if (name === undefined) throw new TypeError(`There is no file ${kind}.`)
  return join(dataDir, 'store', name)
}

async function flip(path: string, share: number): Promise<void> {
  const bytes = await readFile(path)
  const at = Math.floor((bytes.length - 1) * share)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  await writeFile(path, bytes)
}

test('a store that was closed in order is opened as it is, again and again', async () => {
  const dataDir = await newFolder()
  for (let round = 0; round < 3; round++) expect(await startOf(dataDir)).toEqual(sound)
})

test('a changed byte in any file is found; tables made here are carried over and what is lost is counted', async () => {
  for (const [kind, share] of [
    [/\.log$/, 0.5],
    [/\.log$/, 0],
    [/\.log$/, 1],
    [/^MANIFEST/, 0.3],
    [/^CURRENT/, 0.9],
  ] as const) {
    const dataDir = await newFolder()
    await flip(await fileOf(dataDir, kind), share)
    const { states, lost, last, height, ...left } = await startOf(dataDir)
    expect({ kind, states, height }).toEqual({ kind, states: ['damaged'], height: 0 })
    expect(left.people + (lost[0]?.person ?? 0)).toBe(people)
    // Followers of the feed are ahead of nothing: it goes on above where it was.
    expect(last).toBe(log.length)
    expect((await startOf(dataDir)).states).toEqual([])
    const [aside = ''] = (await readdir(dataDir)).filter(name => name.startsWith('store-damaged-'))
    expect((await readdir(join(dataDir, aside))).sort()).toEqual([
      'found.json',
      'high-water.json',
      'report.json',
      'store',
    ])
  }
})

test('a changed byte in a table is found, and all that it does not touch is read', async () => {
  const dataDir = await newFolder()
  expect(await startOf(dataDir)).toEqual(sound)
  await flip(await fileOf(dataDir, /\.ldb$/), 0.5)
  const { states, texts } = await startOf(dataDir)
  expect(states).toEqual(['damaged'])
  expect(texts).toBeGreaterThan(0)
})

test('an emptied folder, missing files and a store that was turned back are found', async () => {
  const emptied = await newFolder()
  await rm(join(emptied, 'store'), { recursive: true })
  expect(await startOf(emptied)).toMatchObject({ states: ['emptied'], lost: [{ person: people }], people: 0 })

  const withoutLog = await newFolder()
  await rm(await fileOf(withoutLog, /\.log$/))
  expect((await startOf(withoutLog)).states).toEqual(['damaged'])

  const withoutCurrent = await newFolder()
  await rm(await fileOf(withoutCurrent, /^CURRENT$/))
  expect(await startOf(withoutCurrent)).toMatchObject({ states: ['damaged'], people, texts: log.length })

  const turnedBack = await newFolder()
  await cp(join(turnedBack, 'store'), join(turnedBack, 'copy'), { recursive: true })
  const { store } = await open(turnedBack)
  await store.write([put('person!new', '{"id":"new"}')])
  await store[Symbol.asyncDispose]()
  await rm(join(turnedBack, 'store'), { recursive: true })
  await rename(join(turnedBack, 'copy'), join(turnedBack, 'store'))
  expect(await startOf(turnedBack)).toMatchObject({
    states: ['damaged'],
    lost: [{ person: 1 }],
    people,
    texts: log.length,
  })
})

test('a power cut takes what was not flushed, which is no damage; less than was sealed is', async () => {
  const dataDir = await newFolder()
  const path = await fileOf(dataDir, /\.log$/)
  const sealed =
    (await readHighWater(join(dataDir, 'high-water.json')))?.files[path.replace(/.*\//, '')]?.bytes ?? 0
  expect((await stat(path)).size).toBe(sealed)
  await writeFile(path, Buffer.concat([await readFile(path), Buffer.from('cut')]))
  expect(await startOf(dataDir)).toEqual(sound)

  const short = await newFolder()
  const log = await fileOf(short, /\.log$/)
  await truncate(log, (await stat(log)).size - 1)
  expect((await startOf(short)).states).toEqual(['damaged'])
})

test('a table that a crash left behind is no damage, and one of the store that is not whole is', async () => {
  const left = await newFolder()
  // LevelDB takes the next numbers when it opens: among them are names of files that a crash left behind.
  for (let number = 4; number < 12; number++)
    await writeFile(join(left, 'store', `${String(number).padStart(6, '0')}.ldb`), 'half a table')
  expect(await startOf(left)).toEqual(sound)

  const dataDir = await newFolder()
  {
    // Opened without a mark: what LevelDB writes now is newer than the mark.
    await using store = await openStore({ dir: join(dataDir, 'store') })
    await store.compact()
  }
  await flip(await fileOf(dataDir, /\.ldb$/), 0.3)
  expect((await startOf(dataDir)).states).toEqual(['damaged'])
})

test('without a mark a child reads every row', async () => {
  const dataDir = await newFolder()
  expect(await startOf(dataDir)).toEqual(sound)
  await rm(join(dataDir, 'high-water.json'))
  expect(await startOf(dataDir)).toEqual(sound)

  await rm(join(dataDir, 'high-water.json'))
  const level = new Level<string, string>(join(dataDir, 'store'), { compression: false })
  await level.put('person!1', `${(await level.get('person!2')) ?? ''}`)
  await level.close()
  expect(await startOf(dataDir)).toMatchObject({ states: ['damaged'], people: people - 1 })
})

test('a row that changed under the node is served to nobody, shows, and is mended at the next start', async () => {
  const dataDir = await newFolder()
  {
    const level = new Level<string, string>(join(dataDir, 'store'), { compression: false })
    const key = 'log!torture!QM!0000000000000004'
    await level.put(key, `${(await level.get(key)) ?? ''} more`)
    await level.close()
  }
  const { store, refills } = await open(dataDir)
  expect(refills).toEqual([])
  expect(store.damage).toBeUndefined()
  expect(() => store.notices.logEntries('torture', 'QM', 1, 10)).toThrow(
    expect.objectContaining({ code: 'store-damaged' }),
  )
  expect(store.damage).toContain('log')
  await store[Symbol.asyncDispose]()
  expect(await startOf(dataDir)).toMatchObject({ states: ['damaged'], people, texts: log.length - 1 })
})

test('a changed mark vouches for nothing and does no harm', async () => {
  const dataDir = await newFolder()
  await flip(join(dataDir, 'high-water.json'), 0.5)
  expect(await startOf(dataDir)).toEqual(sound)
})

test('a start that was cut short while a store was set aside is gone through again', async () => {
  const dataDir = await newFolder()
  const aside = join(dataDir, 'store-damaged-2027-01-15T080000Z')
  await mkdir(aside)
  await rename(join(dataDir, 'store'), join(aside, 'store'))
  const told = { states: ['damaged'], lost: [{}], people, texts: log.length, height: 0, last: log.length }
  const { store, refills } = await open(dataDir)
  expect(refills.length).toBe(1)
  await store.write([put('person!1', '{"id":"1","name":"changed since"}')])
  await store[Symbol.asyncDispose]()
  expect(await startOf(dataDir)).toEqual(told)
  const again = await open(dataDir)
  expect(again.store.people.find('1')).toMatchObject({ name: 'changed since' })
  await again.store[Symbol.asyncDispose]()
})

test('kill -9 at any moment is no damage, and loses nothing that was promised', async () => {
  const dataDir = await temporaryFolder()
  onTestFinished(() => removeFolder(dataDir))
  const module = (name: string) =>
    JSON.stringify(new URL(`../../../../node/store/${name}`, import.meta.url).href)
  const script = `
    const { openCheckedStore } = await import(${module('check/checked.ts')})
    const { store, refills } = await openCheckedStore({ dataDir: ${JSON.stringify(dataDir)}, now: () => 1 })
    const from = store.people.list().length
    console.log('open', refills.length)
    for (let at = from; ; at++) {
      await store.write([{ type: 'put', key: 'person!' + at, value: JSON.stringify({ id: String(at), text: 'x'.repeat(4000) }) }])
      console.log('done', at + 1)
      if (at % 40 === 39) await store.compact()
    }`
  for (let round = 0; round < 4; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const said: string[] = []
    child.stdout.setEncoding('utf8').on('data', text => said.push(text))
    const words = () => said.join('').split('\n').slice(0, -1)
    await expect.poll(() => words().length, { interval: 5, timeout: 20_000 }).toBeGreaterThan(10 + round * 13)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(words()[0]).toBe('open 0')
    const { store, refills } = await open(dataDir)
    expect(refills).toEqual([])
    expect(store.people.list().length).toBeGreaterThanOrEqual(Number(words().at(-1)?.split(' ')[1]))
    await store[Symbol.asyncDispose]()
  }
})

test('a power cut while the first files are made is no damage: the store is made anew', async () => {
  for (const manifest of [undefined, '']) {
    const dataDir = await temporaryFolder()
    onTestFinished(() => removeFolder(dataDir))
    await mkdir(join(dataDir, 'store'))
    await writeFile(join(dataDir, 'store', 'CURRENT'), 'MANIFEST-000001\n')
    if (manifest !== undefined) await writeFile(join(dataDir, 'store', 'MANIFEST-000001'), manifest)
    expect(await startOf(dataDir)).toMatchObject({ states: [], height: 0 })
    expect((await readdir(dataDir)).sort()).toEqual(['high-water.json', 'store'])
  }
})

test('a store of another version is refused and left where it is', async () => {
  const dataDir = await temporaryFolder()
  onTestFinished(() => removeFolder(dataDir))
  const level = new Level<string, string>(join(dataDir, 'store'))
  await level.put('meta!schema', '1')
  await level.close()
  await expect(open(dataDir)).rejects.toMatchObject({
    code: 'store-version-differs',
    details: { found: '1' },
  })
  expect(await readdir(dataDir)).toEqual(['store'])
})

test('a folder in use is refused and left where it is', async () => {
  const dataDir = await newFolder()
  await rm(join(dataDir, 'high-water.json'))
  await using _ = await openStore({ dir: join(dataDir, 'store') })
  await expect(open(dataDir)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  expect(await readdir(dataDir)).toEqual(['store'])
})
