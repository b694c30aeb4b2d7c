import type { RegistryCase } from './case.ts'
import { chainOf, firstMembers, membersAfter, type RootPlan, signed, trustOf } from './documents.ts'

// test_updater_key_rotations.py: sequences of roots, and of documents under them, by who holds keys, how many must sign,
// and who does. TUF passes over signatures of strangers; here one of them refuses the document, for nobody but a
// coordinator has any business there, and a coordinator who reads the list of signers should be able to trust it.

type Expected = RegistryCase['expected']
const strangers = 'a signature of no coordinator refuses the document instead of being passed over'

interface Rotation {
  name: string
  roots: readonly (readonly [keys: readonly number[], threshold: number, sigs: readonly number[]])[]
  expected?: Expected
  differs?: string
}

const five = [0, 1, 2, 3, 4]
const oneRotated = [0, 1, 3, 4, 5]

const rootRotations: readonly Rotation[] = [
  {
    name: '1-of-1-key-rotation',
    roots: [
      [[1], 1, [1]],
      [[2], 1, [2, 1]],
      [[2], 1, [2]],
    ],
  },
  {
    name: '1-of-1-key-rotation-unused-signatures',
    roots: [
      [[1], 1, [1]],
      [[2], 1, [3, 2, 1, 4]],
    ],
    expected: 'signature-of-unknown-coordinator',
    differs: strangers,
  },
  {
    name: '3-of-5-sign-with-different-keycombos',
    roots: [
      [five, 3, [0, 2, 4]],
      [five, 3, [0, 4, 1]],
      [five, 3, [0, 1, 3]],
      [five, 3, [0, 1, 3]],
    ],
  },
  {
    name: '3-of-5-one-key-rotated',
    roots: [
      [five, 3, [0, 2, 4]],
      [oneRotated, 3, [0, 4, 1]],
    ],
  },
  {
    name: '3-of-5-one-key-rotated-with-intermediate-step',
    roots: [
      [five, 3, [0, 2, 4]],
      [oneRotated, 3, [0, 2, 4, 5]],
      [oneRotated, 3, [0, 4, 5]],
    ],
  },
  {
    name: '3-of-5-all-keys-rotated-with-intermediate-step',
    roots: [
      [five, 3, [0, 2, 4]],
      [[5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]],
      [[5, 6, 7, 8, 9], 3, [5, 6, 7]],
    ],
  },
  {
    name: '1-of-3-threshold-increase-to-2-of-3',
    roots: [
      [[1, 2, 3], 1, [1]],
      [[1, 2, 3], 2, [1, 2]],
    ],
  },
  {
    name: '2-of-3-threshold-decrease-to-1-of-3',
    roots: [
      [[1, 2, 3], 2, [1, 2]],
      [[1, 2, 3], 1, [1, 2]],
      [[1, 2, 3], 1, [1]],
    ],
  },
  {
    name: '1-of-2-threshold-increase-to-2-of-2',
    roots: [
      [[1], 1, [1]],
      [[1, 2], 2, [1, 2]],
    ],
  },
  {
    name: '1-of-1-key-rotation-fail-not-signed-with-old-key',
    roots: [
      [[1], 1, [1]],
      [[2], 1, [2]],
    ],
    expected: 'signatures-too-few',
  },
  {
    name: '1-of-1-key-rotation-fail-not-signed-with-new-key',
    roots: [
      [[1], 1, [1]],
      [[2], 1, [1]],
    ],
    expected: 'signatures-too-few',
  },
  {
    name: '3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys',
    roots: [
      [five, 3, [0, 2, 4]],
      [oneRotated, 3, [0, 2, 4]],
    ],
    expected: 'signatures-too-few',
  },
  {
    name: '3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys',
    roots: [
      [five, 3, [0, 2, 4]],
      [oneRotated, 3, [0, 4, 5]],
    ],
    expected: 'signatures-too-few',
  },
  {
    name: '1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached',
    roots: [
      [[1, 2, 3], 1, [1]],
      [[1, 2, 3], 2, [2]],
    ],
    expected: 'signatures-too-few',
  },
  {
    name: '2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached',
    roots: [
      [[1, 2, 3], 2, [1, 2]],
      [[1, 2, 3], 1, [1]],
    ],
    expected: 'signatures-too-few',
  },
]

type UnderRoot = readonly [
  name: string,
  keys: readonly number[],
  threshold: number,
  sigs: readonly number[],
  expected?: Expected,
  differs?: string,
]

const membersRotations: readonly UnderRoot[] = [
  ['1-of-1-key-rotation', [2], 1, [2]],
  ['1-of-1-key-rotation-unused-signatures', [1], 1, [3, 1, 4], 'signature-of-unknown-coordinator', strangers],
  ['1-of-1-key-rotation-fail-not-signed-with-new-key', [2], 1, [1, 3, 4], 'signature-of-unknown-coordinator'],
  [
    '3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys',
    oneRotated,
    3,
    [0, 2, 4],
    'signature-of-unknown-coordinator',
  ],
  ['2-of-5-one-key-signature-mising-threshold-not-reached', oneRotated, 3, [0, 4], 'signatures-too-few'],
  ['3-of-5-sign-first-combo', five, 3, [0, 2, 4]],
  ['3-of-5-sign-second-combo', five, 3, [0, 4, 1]],
  ['3-of-5-sign-third-combo', five, 3, [0, 1, 3]],
  ['3-of-5-sign-fourth-combo', five, 3, [1, 2, 3]],
  ['3-of-5-sign-fifth-combo', five, 3, [2, 3, 4]],
]

async function rootRotation({
  name,
  roots,
  expected = 'accepted',
  differs,
}: Rotation): Promise<RegistryCase> {
  const plans = roots.map(([keys, threshold, sigs]): RootPlan => ({ keys, threshold, sigs }))
  const [first, ...later] = await chainOf(plans)
  if (first === undefined) throw new TypeError('A rotation begins with a root.')
  const members = await signed(firstMembers(first), 'members+jws', plans[0]?.sigs ?? [])
  return {
    name: `test_root_rotation[${name}]`,
    from: 'TUF',
    what: 'Roots one after the other, the last of which is judged.',
    trust: trustOf([first], members),
    offered: later.map(root => ({ roots: [root] })),
    expected,
    inForce: [expected === 'accepted' ? roots.length : roots.length - 1, 1],
    ...(differs && { differs }),
  }
}

async function membersRotation(of: UnderRoot): Promise<RegistryCase> {
  const [name, keys, threshold, sigs, expected = 'accepted', differs] = of
  const founder: RootPlan = { keys: [9], threshold: 1, sigs: [9] }
  const [first, second] = await chainOf([founder, { keys, threshold, sigs: [9, ...keys] }])
  if (first === undefined || second === undefined) throw new TypeError('There are two roots here.')
  const members = await signed(firstMembers(first), 'members+jws', [9])
  const next = membersAfter(members, after => {
    after.rootVersion = 2
  })
  return {
    name: `test_non_root_rotations[${name}]`,
    from: 'TUF',
    what: 'A members document under a root with other coordinators.',
    trust: trustOf([first], members),
    offered: [{ roots: [second] }, { members: await signed(next, 'members+jws', sigs) }],
    expected,
    inForce: [2, expected === 'accepted' ? 2 : 1],
    ...(differs && { differs }),
  }
}

export const rotations: readonly RegistryCase[] = [
  ...(await Promise.all(rootRotations.map(rootRotation))),
  ...(await Promise.all(membersRotations.map(membersRotation))),
]
