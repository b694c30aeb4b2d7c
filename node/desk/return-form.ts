import { z } from 'zod'
import { textFault } from '#protocol'

/** What a releaser says to whoever wrote a draft; it enters nothing that is signed. */
export const returnForm = z
  .strictObject({
    reason: z
      .string()
      .overwrite(text => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
      .min(1)
      .max(1000)
      .refine(text => textFault(text) === undefined, 'This takes plain text.')
      .meta({
        title: 'Reason',
        description: 'What is wrong, for whoever wrote it: it stays in this office.',
      }),
  })
  .meta({
    title: 'Reason for a return',
    examples: [{ reason: 'The consignee is named as the end user, but is a forwarding agent.' }],
  })
