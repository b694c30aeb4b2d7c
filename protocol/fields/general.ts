import { z } from 'zod'
import { patterns } from '../patterns.ts'
import { addRule, type Fault } from './rule.ts'
import { code, language, line, oneOf, perLanguage, several } from './text.ts'

/** Traffic Light Protocol 2.0 (FIRST): how far a reader may pass it on. */
const tlpLabels = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'] as const

const role = { pattern: patterns.name, like: 'licensing-officer' }

/** A file by its hash only: it is never loaded by itself. */
export const attachmentFields = {
  sha256: code('Hash', 'SHA-256 of the file, 64 hexadecimal digits.', /^[0-9a-f]{64}$/, `${'0'.repeat(63)}1`),
  mediaType: code(
    'Media type',
    'What kind of file it is.',
    /^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,99}$/,
    'image/jpeg',
  ),
  credit: line('Credit', 'Whom to name when it is shown.'),
  alternativeText: line(
    'Alternative text',
    'What it shows, for those who cannot or should not see it.',
    1000,
  ),
}

const attachment = z
  .strictObject(attachmentFields)
  .meta({ title: 'Attachment', description: 'A file that stays with the issuer; only its hash travels.' })

/** What every body carries beside its own fields. */
const generalFields = {
  lang: language(
    'Authoritative language',
    'The language of the single texts, and the text that counts if others differ.',
  ),
  text: perLanguage('Text', 'The notice in plain words, in one or more languages.'),
  tlp: oneOf(
    tlpLabels,
    'Marking',
    'How far readers may pass this on (Traffic Light Protocol 2.0). There is no default.',
  ),
  preparedBy: code(
    'Prepared by',
    'The role that drafted it, never a personal name.',
    role.pattern,
    role.like,
  ),
  releasedBy: code(
    'Released by',
    'The role that releases it, never a personal name.',
    role.pattern,
    'releaser',
  ),
  confidence: z
    .int()
    .min(0)
    .max(100)
    .meta({ title: 'Confidence', description: 'How sure the issuer is, from 0 to 100.' })
    .optional(),
  attachments: several(
    attachment,
    'Attachments',
    'Files by their hash; they are asked for separately.',
  ).optional(),
}

/** The body of a notice type: its own fields, then the general ones, in the order of a form. */
export function bodyOf<Own extends z.core.$ZodLooseShape>(own: Own) {
  const form = z.strictObject({ ...own, ...generalFields })
  return addRule(form, ['lang', 'text'] as never[], value =>
    authoritativeTextMissing(value as General),
  ) as typeof form
}

interface General {
  lang: string
  text: { [language: string]: string }
}

function authoritativeTextMissing({ lang, text }: General): Fault[] {
  if (Object.hasOwn(text, lang)) return []
  return [{ path: ['text', lang], says: 'Give the text in the authoritative language.', code: 'missing' }]
}
