import { type ErrorCode, FocalpointError } from '#protocol'

/** Why an address is never sent to; each is found by the first rule that it breaks. */
export type TargetCode = Extract<ErrorCode, `target-${string}`>

const reasons = {
  'target-none-allowed':
    'Webhooks cannot be used on this node: its operator has allowed no network (delivery.allow_networks).',
  'target-too-long': 'The address is too long.',
  'target-malformed': 'This is no address: write it like https://receiver.example/path.',
  'target-scheme': 'Only https addresses are sent to.',
  'target-credentials':
    'The address holds a user name or password: leave them out; what is sent is signed instead.',
  'target-fragment': 'The address holds a fragment (#): leave it out.',
  'target-host-form':
    'The host is not written in its one form: write a name in lower-case ASCII without a dot at its end, or the usual form of an IP address.',
  'target-localhost': 'Names of this machine are not sent to: write the IP address of the receiver.',
  'target-plain-http': 'Plain http is not allowed there (delivery.allow_http): use https.',
  'target-port': "The port is none of those that the node's operator has allowed (delivery.allow_ports).",
  'target-own-port': 'This is a port of the node itself.',
  'target-network':
    "The address is in no network that the node's operator has allowed (delivery.allow_networks).",
  'target-loopback': 'The address is of this machine, which the operator has not allowed by itself.',
  'target-private': 'The address is of a private network, which the operator has not allowed by itself.',
  'target-link-local': 'The address is of the local link, which the operator has not allowed by itself.',
  'target-metadata': "The address is where clouds tell a machine's secrets.",
  'target-multicast': 'The address is of many machines at once.',
  'target-reserved': 'The address is reserved and of no receiver.',
  'target-embedded': 'The address leads to another one that is inside it and not allowed.',
  'target-mixed': 'The name leads to several addresses, and not all of them are allowed.',
  'target-unresolved': 'The name leads to no address: look whether it is right, or try again later.',
} as const satisfies Record<TargetCode, string>

/** Never says which address a name leads to: that may be nobody's business. */
export function refusal(code: TargetCode, host: string): FocalpointError<TargetCode> {
  return new FocalpointError(code, reasons[code], { host })
}
