import { place } from './logs.ts'
import type { Vector, VectorFile } from './vector.ts'
import { write } from './writing.ts'

function vector(expect: string, name: string, what: string, frame: unknown): Vector {
  return { name, what, text: typeof frame === 'string' ? frame : JSON.stringify(frame), expect }
}

const head = [3, place(3).id]
const document = {
  frame: 'document',
  kind: 'members',
  version: 2,
  piece: 0,
  pieces: 1,
  text: '{"document":"…","signatures":[]}',
}

export const frameVectors: VectorFile = {
  about:
    'Each `text` is one frame of catch-up in UTF-8, without the length before it. `wire`, where given, is the frame with its ' +
    'length as an unsigned varint, in hexadecimal.',
  vectors: [
    {
      ...vector(
        'accepted',
        'hello',
        'Each side says which registry it goes by.',
        '{"frame":"hello","v":1,"root":1,"members":1}',
      ),
      wire: `2c${Buffer.from('{"frame":"hello","v":1,"root":1,"members":1}').toString('hex')}`,
    },
    vector('accepted', 'hello-of-later', 'A later version of the frames says so.', {
      frame: 'hello',
      v: 2,
      root: 1,
      members: 1,
    }),
    vector('accepted', 'ask', 'What is held, and which notices lack parts.', {
      frame: 'ask',
      frontier: { torture: { QM: head }, capital: {} },
      want: [place(3).id],
    }),
    vector('accepted', 'poke', 'Come and ask.', { frame: 'poke', channel: 'capital' }),
    vector('accepted', 'poke-any', 'Come and ask, whatever for.', { frame: 'poke' }),
    vector('accepted', 'document', 'A registry document in one piece.', document),
    vector('accepted', 'frontier', 'What the answering side holds.', {
      frame: 'frontier',
      frontier: { torture: { QM: head } },
    }),
    vector('accepted', 'page', 'Notices in log order.', { frame: 'page', notices: [write().text] }),
    vector('accepted', 'end', 'That was all.', { frame: 'end' }),
    vector('accepted', 'error', 'Why the stream ends here.', {
      frame: 'error',
      code: 'channel-not-joined',
      detail: 'Not joined.',
    }),
    vector('frame-malformed', 'no-json', 'No JSON.', 'hello'),
    vector('frame-malformed', 'unknown', 'A frame that does not exist.', { frame: 'bye' }),
    vector('frame-malformed', 'member-extra', 'One member more.', { frame: 'end', more: true }),
    vector('frame-malformed', 'frontier-seq-0', 'A head at place 0.', {
      frame: 'frontier',
      frontier: { torture: { QM: [0, place(3).id] } },
    }),
    vector('frame-malformed', 'frontier-no-id', 'A head without its id.', {
      frame: 'frontier',
      frontier: { torture: { QM: [3] } },
    }),
    vector('frame-malformed', 'frontier-channel', 'A channel that is no name.', {
      frame: 'frontier',
      frontier: { Torture: {} },
    }),
    vector('frame-malformed', 'want-no-id', 'What is wanted is no id.', {
      frame: 'ask',
      frontier: {},
      want: ['x'],
    }),
    vector('frame-malformed', 'want-513', 'More than 512 ids wanted.', {
      frame: 'ask',
      frontier: {},
      want: Array.from({ length: 513 }, () => place(3).id),
    }),
    vector('frame-malformed', 'page-513', 'More than 512 notices in a page.', {
      frame: 'page',
      notices: Array.from({ length: 513 }, () => '~'),
    }),
    vector('frame-malformed', 'pieces-33', 'A document of more than 32 pieces.', { ...document, pieces: 33 }),
    vector('frame-malformed', 'error-long', 'A code of more than 64 characters.', {
      frame: 'error',
      code: 'x'.repeat(65),
      detail: '',
    }),
  ],
}
