import type { Member } from '#protocol'
import type { KeyNames } from '../../key-file.ts'
import type { NetworkAnswer } from '../answers.ts'

/** Which key signs in each channel: as a running node says, or else as key file and registry have it. */
export function signersOf(
  kids: Pick<KeyNames, 'signing' | 'next'>,
  member: Member | undefined,
  network: Pick<NetworkAnswer, 'channels'> | undefined,
): { channel: string; who: string }[] {
  return (member?.channels ?? []).map(channel => {
    const told = network?.channels.find(each => each.channel === channel)
    if (told === undefined) return { channel, who: signerByFiles(kids, member, channel) }
    return { channel, who: told.key ?? `no key (${told.state})` }
  })
}

/** How far the log has come only a node knows, so that two keys may have their turn one after the other. */
function signerByFiles(
  { signing, next }: Pick<KeyNames, 'signing' | 'next'>,
  member: Member | undefined,
  channel: string,
): string {
  const listed = (kid: string | undefined) => member?.signing.find(each => each.kid === kid)
  const [older, newer] = [listed(signing), listed(next)]
  const isOpen = (key: ReturnType<typeof listed>) =>
    key?.from[channel] !== undefined && key.end?.[channel] === undefined
  const from = newer?.from[channel]
  if (newer === undefined || from === undefined) return isOpen(older) ? signing : 'no key of the file'
  if (!isOpen(newer)) return 'no key of the file'
  if (from === 1 || !isOpen(older)) return newer.kid
  return `${signing} up to place ${from - 1}, then ${newer.kid}`
}
