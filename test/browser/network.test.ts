import { expect, test } from 'vitest'
import { safetyNumber, signJoinRequest } from '#protocol'
import type { NetworkView } from '../../node/desk/desk.ts'
import { keysOfMember } from '../../scripts/alliance.ts'
import { ask } from '../../scripts/pages/ask.ts'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import { joinRequest } from '../protocol/registry/requests.ts'
import { openStage } from './stage.ts'

const stage = openStage({ nodes: 3 })

/** What a program of a coordinator is told. */
const told = <Answer>(path: string) =>
  ask<Answer>(stage.demonstration.node('QM'), { path, as: 'coordinator' })

test('a coordinator checks a join request, without a script, and is told what to run', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QM'), 'coordinator', {
    javaScriptEnabled: false,
  })
  const { net } = await told<{ net: string }>('/v1/members')
  const { node, signing } = keysOfMember('test', 'XK')
  const signed = await signJoinRequest({ request: await joinRequest({ net }), keys: [node, signing] })
  await page.goto('/members/requests')
  await page.getByLabel('Text of the request').fill('not a request')
  await page.getByRole('button', { name: 'Check the request' }).click()
  await page
    .getByRole('alert')
    .getByRole('link', { name: /no signed document/ })
    .waitFor()
  await page.getByLabel('Text of the request').fill(JSON.stringify(signed))
  await page.getByRole('button', { name: 'Check the request' }).click()
  await page.getByRole('heading', { level: 1, name: /Kestrelia .*asks to become a participant/ }).waitFor()
  const groups = await page.getByRole('list', { name: 'Safety number' }).getByRole('listitem').allInnerTexts()
  expect(groups.join(' ')).toBe(safetyNumber(signed.document))
  const commands = await page.locator('pre.commands').allInnerTexts()
  expect(commands.map(each => each.split(' ')[2])).toEqual([
    'review',
    'approve',
    'approve',
    'publish',
    'import',
  ])
  expect(faults.filter(each => !each.includes('422'))).toEqual([])
})

test('whoever opens the flows is shown no figure below three, and the map has the routes', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QN'), 'customs')
  await page.goto('/flows')
  await page.getByRole('heading', { name: 'Drills only' }).waitFor()
  const figures = await page.locator('.flows-table tbody td:last-child').allInnerTexts()
  expect(figures.length).toBeGreaterThan(0)
  expect(figures.filter(text => /^[12]$/.test(text))).toEqual([])
  expect(await page.locator('.map .arc').count()).toBeGreaterThan(0)
  await page.getByLabel('From', { exact: true }).selectOption('XM')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/from=XM/)
  expect((await page.locator('.flows-table tbody tr').count()) < figures.length).toBe(true)
  expect(faults).toEqual([])
})

test('a coordinator finds the node that was cut off, and why, with a text to send, without a reload', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QM'), 'coordinator')
  await page.goto('/network')
  const line = page.locator('tr[data-member=XD]')
  expect(await line.innerText()).toContain('Up to date')
  await page.evaluate(() => {
    document.body.dataset.loaded = 'once'
  })
  process.kill(stage.demonstration.node('XD').pid, 'SIGTERM')
  const card = page.locator('.problem[data-code=not-heard][data-member=XD]')
  await card.waitFor()
  await card.getByText('no node takes the connection').first().waitFor()
  expect(await line.innerText()).toContain('Not heard')
  await card.getByText('Text to send to Dorrenia').click()
  expect(await card.locator('.letter').innerText()).toContain('focalpoint doctor')
  expect(await page.evaluate(() => document.body.dataset.loaded)).toBe('once')
  const { participants } = await told<NetworkView>('/v1/network')
  expect(participants.find(({ member }) => member === 'XD')?.status).toBe('not heard')
  await card.getByRole('link', { name: /is not heard/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Dorrenia' }).waitFor()
  expect(faults).toEqual([])
})
