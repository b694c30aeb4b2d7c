import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { removeFolder, temporaryFolder } from '../store/builders.ts'
import { openTestSignIn } from './open-test-sign-in.ts'

test('after kill -9 a session that began is there, and one whose end was told is not', async () => {
  const dir = await temporaryFolder()
  const script = `
    const { openTestSignIn, browser } = await import(${JSON.stringify(new URL('open-test-sign-in.ts', import.meta.url).href)})
    const at = await openTestSignIn({ dir: ${JSON.stringify(dir)} })
    const person = await at.add('A. Heron')
    const { secret } = await at.signIn.createLink(person.id, { minutes: 15, again: true })
    const [kept, ended] = [await at.signIn.openLink(secret, browser), await at.signIn.openLink(secret, browser)]
    at.signIn.authenticate(ended.secret, at.clock.now + 90)
    await at.signIn.end(ended.session.id)
    console.log(JSON.stringify([kept.secret, ended.secret]))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const [kept = '', ended = ''] = JSON.parse(line) as string[]
  {
    await using at = await openTestSignIn({ dir })
    expect(at.signIn.authenticate(kept, at.clock.now)?.person.name).toBe('A. Heron')
    expect(at.signIn.authenticate(ended, at.clock.now)).toBeUndefined()
  }
  await removeFolder(dir)
})
