import { expect, test } from 'vitest'
import { Database } from '../../../node/store/rows.ts'
import { filesWith, removeFolder, temporaryFolder } from './builders.ts'

test('a long read begun before the erasure does not keep the text alive on disk', async () => {
  const dir = await temporaryFolder()
  const database = await Database.open(dir)
  const filler = Array.from({ length: 150_000 }, (_, at) => [`filler!${at}`, 'x'] as const)
  await database.batch(new Map([...filler, ['secret!1', 'Kestrel Trading']]), { sync: true })
  let isReading = true
  const reading = database.scan({}).finally(() => {
    isReading = false
  })
  await database.batch(new Map([['secret!1', undefined]]), { sync: true })
  expect(isReading).toBe(true)
  await database.compact()
  expect(await filesWith(dir, ['Kestrel Trading'])).toEqual([])
  expect((await reading).at(-1)).toEqual(['secret!1', 'Kestrel Trading'])
  await database.close()
  await removeFolder(dir)
})

test('reads that begin while it compacts hold back nothing that was erased', async () => {
  const dir = await temporaryFolder()
  const database = await Database.open(dir)
  const filler = Array.from({ length: 50_000 }, (_, at) => [`filler!${at}`, 'x'] as const)
  await database.batch(new Map([...filler, ['secret!1', 'Kestrel Trading']]), { sync: true })
  await database.batch(new Map([['secret!1', undefined]]), { sync: true })
  let isReading = true
  const reading = Promise.all(
    Array.from({ length: 3 }, async () => {
      while (isReading) await database.scan({})
    }),
  )
  await database.compact()
  const left = await filesWith(dir, ['Kestrel Trading'])
  isReading = false
  await reading
  expect(left).toEqual([])
  await database.close()
  await removeFolder(dir)
})

test('a range gives its rows in order, from either end, up to its limit', async () => {
  const dir = await temporaryFolder()
  const database = await Database.open(dir)
  await database.batch(new Map(['a!1', 'a!2', 'a!3', 'b!1'].map(key => [key, 'é'])), { sync: false })
  expect(await database.scan({ gt: 'a!', lt: 'a"', limit: 2 })).toEqual([
    ['a!1', 'é'],
    ['a!2', 'é'],
  ])
  expect(await database.scanKeys({ gt: 'a!', lt: 'a"', reverse: true })).toEqual(['a!3', 'a!2', 'a!1'])
  expect(await database.scanKeys({ gt: 'c' })).toEqual([])
  expect(database.get('b!1')).toBe('é')
  expect(database.get('b!2')).toBeUndefined()
  await database.close()
  await removeFolder(dir)
})
