import { describe, expect, test } from 'vitest'
import { answers, reachableAddresses } from '../../../../node/cli/init/plan.ts'

describe('an answer', () => {
  test.each([
    ['a member id', answers.member, 'QP', 'QP'],
    ['a kind', answers.kind, 'observer', 'observer'],
    ['a channel', answers.channel, 'capital', 'capital'],
    ['a name', answers.name, 'Palomar', ['en', 'Palomar']],
    ['a name in another language', answers.name, 'ar=بالومار', ['ar', 'بالومار']],
    ['an address', answers.address, '/ip6/2001:db8::1/tcp/7600', '/ip6/2001:db8::1/tcp/7600'],
    [
      'a contact',
      answers.contact,
      'role=duty officer, telephone=+00 0000',
      { role: 'duty officer', telephone: '+00 0000' },
    ],
    ['a net', answers.net, 'a'.repeat(52), 'a'.repeat(52)],
  ])('gives %s', (_, parse, text, expected) => {
    expect(parse(text)).toEqual(expected)
  })

  test.each([
    ['a member id in small letters', answers.member, 'qp'],
    ['a kind that there is not', answers.kind, 'city'],
    ['a channel that there is not', answers.channel, 'sea'],
    ['an empty name', answers.name, 'fr='],
    ['an address without a port', answers.address, '/dns4/node.example.org'],
    ['an address of a web page', answers.address, 'https://example.org'],
    ['a contact that nobody can reach', answers.contact, 'role=focal point'],
    ['a contact with a word that is not known', answers.contact, 'role=focal point,fax=1'],
    ['a net that is too short', answers.net, 'abc'],
  ])('is refused where it is %s', (_, parse, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})

test('others are told only of addresses at which they can reach the node', () => {
  const listen = ['/ip4/0.0.0.0/tcp/7600', '/ip4/192.0.2.1/tcp/7600', '/ip6/::/tcp/7600']
  expect(reachableAddresses({ listen, announce: [] })).toEqual(['/ip4/192.0.2.1/tcp/7600'])
  const announce = ['/dns4/node.example.org/tcp/7600']
  expect(reachableAddresses({ listen, announce })).toEqual(announce)
})
