import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cutPower, durableFiles } from '../../../scripts/crash/power.ts'

const none = new Map<string, number>()

test('durable is what was written before the last flush that ended had begun', () => {
  expect(
    durableOf([
      '1 openat(AT_FDCWD</d>, "/d/1.log", O_RDWR|O_CREAT|O_TRUNC|O_CLOEXEC, 0644) = 20</d/1.log>',
      '2 write(20</d/1.log>, ""..., 100) = 100',
      '2 fdatasync(20</d/1.log> <unfinished ...>',
      '3 write(20</d/1.log>, ""..., 50) = 50',
      '2 <... fdatasync resumed>)          = 0',
      '2 write(20</d/1.log>, ""..., 25) = 25',
      '2 fdatasync(20</d/1.log> <unfinished ...>',
      '2 +++ killed by SIGKILL +++',
    ]),
  ).toEqual({ '/d/1.log': { written: 175, durable: 100 } })
})

test('a flush or a write that failed does nothing', () => {
  expect(
    durableOf([
      '1 openat(AT_FDCWD</d>, "/d/a", O_WRONLY|O_CREAT, 0644) = 20</d/a>',
      '1 write(20</d/a>, ""..., 10) = -1 ENOSPC (No space left on device)',
      '1 write(20</d/a>, ""..., 10 <unfinished ...>',
      '1 <... write resumed>) = 7',
      '1 fsync(20</d/a>) = -1 EIO (Input/output error)',
    ]),
  ).toEqual({ '/d/a': { written: 7, durable: undefined } })
})

test('a flushed file keeps what it has under its new name, and one that is emptied has nothing', () => {
  expect(
    durableOf(
      [
        '1 openat(AT_FDCWD</d>, "/d/a.new", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 20</d/a.new>',
        '1 pwrite64(20</d/a.new>, ""..., 9, 0) = 9',
        '1 fsync(20</d/a.new>) = 0',
        '1 rename("/d/a.new", "/d/a") = 0',
        '1 openat(AT_FDCWD</d>, "/d/b", O_WRONLY|O_TRUNC) = 21</d/b>',
        '1 unlink("/d/c") = 0',
      ],
      new Map([
        ['/d/a', 5],
        ['/d/b', 5],
        ['/d/c', 5],
        ['/d/untouched', 5],
      ]),
    ),
  ).toEqual({
    '/d/a': { written: 9, durable: 9 },
    '/d/b': { written: 0, durable: undefined },
    '/d/untouched': { written: 5, durable: 5 },
  })
})

test('a call that another thread interrupts does what it was asked before', () => {
  expect(
    durableOf(
      [
        '1 openat(AT_FDCWD</d>, "/d/a.new", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600 <unfinished ...>',
        '2 write(20</d/b>, ""..., 5) = 5',
        '1 <... openat resumed>) = 21</d/a.new>',
        '1 write(21</d/a.new>, ""..., 9) = 9',
        '1 fsync(21</d/a.new>) = 0',
        '1 rename("/d/a.new", "/d/a" <unfinished ...>',
        '2 ftruncate(20</d/b>, 3 <unfinished ...>',
        '1 <... rename resumed>) = 0',
        '2 <... ftruncate resumed>) = 0',
        '1 unlink("/d/c" <unfinished ...>',
        '2 fsync(20</d/b>) = 0',
        '1 <... unlink resumed>) = 0',
      ],
      new Map([['/d/c', 5]]),
    ),
  ).toEqual({ '/d/a': { written: 9, durable: 9 }, '/d/b': { written: 3, durable: 3 } })
})

test.each([
  ['1 rename("/d/a.new", "/d/a") = ?'],
  ['1 rename("/d/a.new", "/d/a" <unfinished ...>', '1 <... rename resumed>) = ?'],
  ['1 rename("/d/a.new", "/d/a" <unfinished ...>'],
])('a rename in which the kill comes is done where the old name is gone: %s', (...rename) => {
  const lines = ['1 fsync(21</d/a.new>) = 0', ...rename, '1 +++ killed by SIGKILL +++']
  const before = new Map([
    ['/d/a.new', 9],
    ['/d/a', 5],
  ])
  const [old, renamed] = [
    { written: 5, durable: 5 },
    { written: 9, durable: 9 },
  ]
  const isLeft = (path: string) => path === '/d/a'
  expect(Object.fromEntries(durableFiles(lines, { before, isLeft }))).toMatchObject({ '/d/a': renamed })
  expect(durableOf(lines, before)).toMatchObject({ '/d/a': old, '/d/a.new': renamed })
})

test('the cut takes from the files what was not durable, and files that never were', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-power-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [log, never] = [join(folder, '1.log'), join(folder, 'LOG')]
  await writeFile(log, 'x'.repeat(150))
  await writeFile(never, 'x'.repeat(30))
  const trace = join(folder, 'trace')
  await writeFile(trace, `1 write(20<${log}>, ""..., 50) = 50\n1 write(21<${never}>, ""..., 30) = 30\n`)
  const before = new Map([
    [log, 100],
    [trace, (await stat(trace)).size],
  ])
  expect(await cutPower({ folder, trace, before })).toBe(80)
  expect((await stat(log)).size).toBe(100)
  expect(await readdir(folder)).toEqual(['1.log', 'trace'])
})

function durableOf(lines: readonly string[], before: ReadonlyMap<string, number> = none) {
  return Object.fromEntries(durableFiles(lines, { before, isLeft: () => true }))
}
