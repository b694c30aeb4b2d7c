import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FocalpointError } from '#protocol'
import { webLimits } from './limits.ts'
import type { Office } from './office.ts'
import { visitorOf } from './session.ts'
import type { UploadedFile } from './visit.ts'

/** Forms that bring a file along, or as much as one: only of whoever is signed in, and never more than the page takes. */
export async function takeUploads(app: FastifyInstance, office: Office): Promise<void> {
  app.addHook('onRequest', async request => {
    if (isMultipart(request) || isLarge(request)) checkUpload(request, office)
  })
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: {
      fileSize: webLimits.uploadBytes,
      files: webLimits.uploadFiles,
      fields: webLimits.formFields,
      parts: webLimits.formFields + webLimits.uploadFiles,
      // Longer than any form that is taken: a field that is cut off would be taken for whole.
      fieldSize: webLimits.uploadFormBytes,
      fieldNameSize: 100,
    },
    async onFile(part) {
      const bytes: Uint8Array = await part.toBuffer()
      if (part.filename !== '') part.value = { name: part.filename, bytes } satisfies UploadedFile
    },
  })
}

/** How long the body of a form may take; no stranger has the time of a file. */
export function bodyMsOf(request: FastifyRequest, office: Office): number {
  const isUpload = isMultipart(request) && visitorOf(request, office, { isActivity: false }) !== undefined
  return isUpload ? webLimits.uploadMs : webLimits.formMs
}

function isMultipart({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.toLowerCase().startsWith('multipart/') === true
}

/** A pasted list is as large as a file. */
function isLarge({ headers, routeOptions }: FastifyRequest): boolean {
  const mayBe = (routeOptions.bodyLimit ?? 0) > webLimits.formBytes
  const isUntold = headers['transfer-encoding'] !== undefined
  return mayBe && (isUntold || Number(headers['content-length'] ?? 0) > webLimits.formBytes)
}

/** By the address of the form: what to do with a larger file. */
const instead: Record<string, string> = {
  '/screen': 'Send it in parts, or with the command line: focalpoint screen FILE.',
  '/drafts/:id/:step': 'Work out its SHA-256 on your own machine, and write that into the field.',
}

/** Nothing is read before it is known who sends it and how long it is. */
function checkUpload(request: FastifyRequest, office: Office): void {
  if (visitorOf(request, office) === undefined) {
    throw new FocalpointError('unauthenticated', 'Sign in before you send anything as large as a file.', {
      what: 'no session',
    })
  }
  const { bodyLimit: limit = webLimits.formBytes, url = '' } = request.routeOptions
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  if (length <= limit) return
  const says = Number.isNaN(length)
    ? 'A form as large as a file must say how long it is.'
    : `This is larger than a page takes (${Math.floor(limit / 1024 / 1024)} MiB). ${instead[url] ?? ''}`
  throw new FocalpointError('body-too-large', says, { limit })
}
