import type { Vector, VectorFile } from './vector.ts'

function vector(expect: string, name: string, what: string, text: string): Vector {
  return { name, what, text, expect }
}

function refused(name: string, what: string, text: string): Vector {
  return vector('payload-not-canonical', name, what, text)
}

export const canonicalVectors: VectorFile = {
  about:
    'Each `text` is read as a JCS text (RFC 8785) of at most eight levels. A lone surrogate stands as \\ud800 in these files.',
  vectors: [
    vector('accepted', 'object', 'Members in order, no space.', '{"a":1,"b":"x"}'),
    vector('accepted', 'number-exponent', 'A large number as ECMAScript writes it.', '{"a":1e+21}'),
    vector('accepted', 'number-fraction', 'A fraction as ECMAScript writes it.', '{"a":0.000001}'),
    vector(
      'accepted',
      'utf16-order',
      'Members in the order of UTF-16 units, not of code points.',
      '{"\u{1f600}":1,"\ufb33":2}',
    ),
    vector('accepted', 'control-escaped', 'A control character in its one escape.', '{"a":"\\u000f\\n"}'),
    vector(
      'accepted',
      'constructor',
      'A name that some libraries treat as their own.',
      '{"constructor":{"prototype":1}}',
    ),
    vector('accepted', 'nested-8', 'Eight levels.', `${'['.repeat(8)}${']'.repeat(8)}`),
    vector('accepted', 'brackets-quoted', 'Brackets in a text do not nest.', `"${'['.repeat(20)}"`),
    refused('member-twice', 'A member that stands twice.', '{"a":1,"a":2}'),
    refused('unsorted', 'Members out of order.', '{"b":1,"a":2}'),
    refused('utf16-order-wrong', 'Members in the order of code points.', '{"\ufb33":2,"\u{1f600}":1}'),
    refused('space', 'A space.', '{"a": 1}'),
    refused('number-1.0', 'A number written 1.0.', '{"a":1.0}'),
    refused('number-1e2', 'A number written 1e2.', '{"a":1e2}'),
    refused('number-minus-0', 'Zero written -0.', '{"a":-0}'),
    refused('number-too-precise', 'A number that a double cannot hold.', '{"a":9007199254740993}'),
    refused('number-infinite', 'A number beyond all doubles.', '{"a":1e400}'),
    refused('letter-escaped', 'A letter written as its code.', '{"a":"\\u0041"}'),
    refused('slash-escaped', 'A slash with a backslash.', '{"a":"\\/"}'),
    refused('escape-upper-case', 'An escape with capital letters.', '{"a":"\\u000F"}'),
    refused('lone-surrogate-escaped', 'Half of a character, written as its code.', '{"a":"\\ud800"}'),
    refused('lone-surrogate', 'Half of a character.', '{"a":"\ud800"}'),
    refused('byte-order-mark', 'A byte order mark.', '\ufeff{"a":1}'),
    refused('newline-after', 'A line feed after the text.', '{"a":1}\n'),
    refused('two-texts', 'Two texts.', '{}{}'),
    refused('empty', 'No text.', ''),
    vector('payload-too-deep', 'nested-9', 'Nine levels.', `${'['.repeat(9)}${']'.repeat(9)}`),
    vector(
      'payload-too-deep',
      'nested-9-objects',
      'Nine levels of objects.',
      `${'{"a":'.repeat(9)}1${'}'.repeat(9)}`,
    ),
    vector(
      'payload-too-deep',
      'never-closed',
      'Nine opening brackets and no more: depth comes first.',
      '['.repeat(9),
    ),
  ],
}
