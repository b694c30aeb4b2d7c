import { z } from 'zod'
import { noticeStatuses } from '../desk/desk.ts'

/** What lists and exports of notices can be narrowed by. */
export const noticeFilters = {
  type: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .exactOptional()
    .meta({ description: 'A type of notice, as /v1/schemas lists them.' }),
  issuer: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,7}$/)
    .exactOptional()
    .meta({ description: 'A participant.' }),
  hs: z
    .string()
    .regex(/^\d{4}(?:[ .]?\d{2}){0,3}$/)
    .transform(text => text.replace(/[ .]/g, ''))
    .exactOptional()
    .meta({ description: 'The beginning of an HS code, 4 to 10 digits.' }),
  goods: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .exactOptional()
    .meta({ description: 'An item of the goods list or the watch list.' }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .exactOptional()
    .meta({ description: 'ISO 3166-1 alpha-2.' }),
  q: z.string().trim().min(1).max(200).exactOptional().meta({ description: 'Words that all must be there.' }),
  status: z
    .enum(noticeStatuses)
    .exactOptional()
    .meta({ description: 'How far it has got, or what became of it.' }),
  since: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .transform(text => new Date(text).toISOString())
    .exactOptional()
    .meta({ description: 'A day or a time, ISO 8601.' }),
}
