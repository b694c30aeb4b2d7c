// Writes protocol/vectors/, and the table in protocol/README.md that compares other programs: `npm run vectors`.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { vectorFiles } from './files.ts'
import { noticeVectors } from './notices.ts'
import { compare, comparisonTable, hasOpenssl, isRefusedByUs } from './others.ts'

const protocol = join(import.meta.dirname, '..', '..', 'protocol')
const folder = join(protocol, 'vectors')
const readme = join(protocol, 'README.md')

await mkdir(folder, { recursive: true })
for (const [name, text] of vectorFiles) await writeFile(join(folder, name), text)

if (await hasOpenssl()) {
  const table = comparisonTable(await compare(noticeVectors.vectors.filter(isRefusedByUs)))
  const text = await readFile(readme, 'utf8')
  await writeFile(
    readme,
    text.replace(
      /(<!-- others: begin -->\n)[\s\S]*(<!-- others: end -->)/,
      (_, begin, end) => `${begin}${table}\n${end}`,
    ),
  )
} else console.error('The table of other programs is left as it is: openssl 3 is not on this machine.')
