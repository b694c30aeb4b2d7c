import { expect, test } from 'vitest'
import { floorFindings, type LockFile } from '../../scripts/version-floors.ts'

const floors = [{ package: 'jose', floor: '6.2.10', reason: 'a reason' }]

test('a version at or above its floor is fine', () => {
  for (const version of ['6.2.10', '6.2.11', '6.10.0', '7.0.0'])
    expect(floorFindings(lockOf({ 'node_modules/jose': { version } }), floors)).toEqual([])
})

test('a version below its floor is named with folder, floor and reason', () => {
  for (const version of ['6.2.9', '6.1.99', '5.9.9', '6.2.10-rc.1']) {
    const [finding, ...more] = floorFindings(lockOf({ 'node_modules/jose': { version } }), floors)
    expect(finding).toContain(`jose ${version} in node_modules/jose`)
    expect(finding).toContain('6.2.10: a reason')
    expect(more).toEqual([])
  }
})

test('a copy deep inside another package is found', () => {
  const lock = lockOf({
    'node_modules/jose': { version: '6.2.17' },
    'node_modules/other/node_modules/jose': { version: '6.2.9' },
  })
  expect(floorFindings(lock, floors)).toHaveLength(1)
})

test('a copy under another folder name is found by the name it declares', () => {
  const lock = lockOf({ 'node_modules/signing': { version: '1.0.0', name: 'jose' } })
  expect(floorFindings(lock, floors)).toHaveLength(1)
})

test('a floor that no package needs any more is named', () => {
  expect(floorFindings(lockOf({}), floors)).toHaveLength(1)
})

function lockOf(packages: LockFile['packages']): LockFile {
  return { packages: { '': { version: '0.1.0', name: 'jose' }, ...packages } }
}
