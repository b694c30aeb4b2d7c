import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { limits } from '../../protocol/limits.ts'
import { noticeTypes } from '../../protocol/notices/index.ts'
import { verdicts } from '../../protocol/verdict.ts'

const folder = join(import.meta.dirname, '..', '..', 'protocol')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')

/** The rows of the tables under a heading, each as its cells. */
function rowsUnder(heading: string): string[][] {
  const section = readme.split(/^## /m).find(text => text.startsWith(heading)) ?? ''
  const lines = section.split('\n').filter(line => line.startsWith('| '))
  return lines.map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim().replaceAll('`', '')),
  )
}

describe('the specification', () => {
  it('has the verdict of every code, numbered in one row of steps', () => {
    const rows = rowsUnder('6. The gate').slice(1)
    expect(Object.fromEntries(rows.map(([, code, verdict]) => [code, verdict]))).toEqual(verdicts)
    expect(rows.map(([step]) => Number(step))).toEqual(rows.map((_, at) => at + 1))
    expect(rows).toHaveLength(Object.keys(verdicts).length)
  })

  it('has every limit with its value', () => {
    const rows = rowsUnder('8. Limits').slice(1)
    expect(Object.fromEntries(rows.map(([name, value]) => [name, Number(value)]))).toEqual(limits)
    expect(rows).toHaveLength(Object.keys(limits).length)
  })

  it('has every type of notice, and how it answers', () => {
    const rows = rowsUnder('2. The text').filter(([name]) => noticeTypes.some(type => type.name === name))
    const types = noticeTypes.map(({ name, label, answers }) => [
      name,
      label,
      answers?.rel ?? '',
      answers?.from ?? '',
    ])
    expect(rows).toEqual(types)
  })

  it('points to files and headings that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? '')
    expect(links.length).toBeGreaterThan(3)
    for (const target of links) expect(existsSync(join(folder, target)), target).toBe(true)
    const headings = [...readme.matchAll(/^## (.+)$/gm)].map(([, text]) => anchorOf(text ?? ''))
    const anchors = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(anchors).toEqual(headings)
  })
})

/** As the forges make them. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
}
