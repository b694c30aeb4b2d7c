import { expect, test } from 'vitest'
import { Disk } from '../../../node/store/disk.ts'
import { put, putJson } from '../../../node/store/operation.ts'
import { admit, newLog, removeFolder, temporaryFolder, temporaryStore } from './builders.ts'

test('with little space nothing new is taken in, and erasing goes on', async () => {
  const dir = await temporaryFolder()
  const [notice, next] = newLog(2)
  if (notice === undefined || next === undefined) throw new TypeError('There is no log.')
  {
    await using store = await temporaryStore({ dir })
    await admit(store, [notice])
  }
  await using store = await temporaryStore({ dir, freeSpaceBytes: Number.MAX_SAFE_INTEGER })
  expect(store.isWritable).toBe(false)
  expect(store.refusal).toContain(dir)
  await expect(admit(store, [next])).rejects.toMatchObject({ code: 'disk-full', details: { path: dir } })
  await expect(store.write([putJson('draft!1', { id: '1' })])).rejects.toMatchObject({ code: 'disk-full' })
  await store.write(store.erasure.eraseOps(notice.envelope.id, ['body'], 1))
  expect(store.notices.find(notice.envelope.id)?.erased).toEqual(['body'])
  await store.write([put('registry!trust', '{}')])
  await removeFolder(dir)
})

test('a failed write is told by its kind, and forgotten once the database was opened again', async () => {
  const dir = await temporaryFolder()
  let opened = 0
  await using disk = await Disk.watch({
    dir,
    floorBytes: 0,
    async reopen() {
      opened += 1
      if (opened === 1) throw new Error('IO error: 000003.log: Input/output error')
    },
  })
  expect(disk.refusal).toBeUndefined()
  const codes = [
    'No space left on device',
    'Disk quota exceeded',
    'File too large',
    'Input/output error',
  ].map(what => disk.failed(new Error(`IO error: 000003.log: ${what}`)).code)
  expect(codes).toEqual(['disk-full', 'disk-full', 'disk-full', 'store-failed'])
  await disk.look()
  expect(disk.refusal?.code).toBe('store-failed')
  await disk.look()
  expect(disk.refusal).toBeUndefined()
  await removeFolder(dir)
})
