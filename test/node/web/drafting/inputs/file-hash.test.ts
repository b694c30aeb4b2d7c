import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDraftingOffice } from '../../open-drafting-office.ts'

const at = '/body/attachments'

test('of a file that a page brings its hash alone is kept, and nothing of the file', async () => {
  const { desk, officer, ask, upload } = await openDraftingOffice()
  const { id } = await desk.unfinished.create({ type: 'denial', answers: {} }, officer)
  const address = `/drafts/${id}/attachments`
  const page = await ask(address)
  expect(page.text).toMatch(/<form[^>]* enctype="multipart\/form-data"/)
  expect(page.text).toContain(`name="file:${at}/0/sha256"`)

  const bytes = Buffer.from('a scanned licence')
  const hash = createHash('sha256').update(bytes).digest('hex')
  const written = 'ab'.repeat(32)
  const form = new FormData()
  form.append('act', 'later')
  form.append(`file:${at}/0/sha256`, new File([bytes], 'licence.pdf'))
  form.append(`${at}/0/sha256`, '')
  form.append(`${at}/0/credit`, 'Office of Invented Licences')
  form.append(`file:${at}/1/sha256`, new File([], ''))
  form.append(`${at}/1/sha256`, written)
  expect((await upload(address, form)).location).toBe(`/drafts/${id}`)
  const { answers } = desk.unfinished.find(id) ?? {}
  expect(answers).toMatchObject({
    [`${at}/0/sha256`]: [hash],
    [`${at}/0/credit`]: ['Office of Invented Licences'],
    [`${at}/1/sha256`]: [written],
  })
  expect(JSON.stringify(desk.unfinished.find(id))).not.toMatch(/licence\.pdf|scanned/)
  expect((await ask(address)).text).toContain(`value="${hash}"`)
})

test('a page without files is sent as ever, and too large a file is refused with what to do instead', async () => {
  const { desk, officer, ask, upload } = await openDraftingOffice()
  const { id } = await desk.unfinished.create({ type: 'denial', answers: {} }, officer)
  expect((await ask(`/drafts/${id}/network-ref`)).text).not.toContain('enctype')
  const form = new FormData()
  form.append(`file:${at}/0/sha256`, new File([Buffer.alloc(10 * 1024 * 1024)], 'film.mp4'))
  const refused = await upload(`/drafts/${id}/attachments`, form)
  expect(refused.status).toBe(413)
  expect(refused.text).toContain('Work out its SHA-256 on your own machine')
})
