import { clientFrom } from '../client.ts'
import { tellFindings } from '../findings.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { openTrustFile } from '../trust.ts'
import { verifyText } from '../verification.ts'

interface VerifyOptions extends NodeAddress, Listing {
  trust?: string
  demo?: boolean
}

/** Trusts the node for nothing: its text is verified here, by the registry given. */
export async function verifyHeldNotice(
  id: string,
  { trust, demo, json, ...address }: VerifyOptions,
): Promise<void> {
  const registry = await openTrustFile({ trust, demo })
  const client = await clientFrom(address)
  const text = await client.getText(`/v1/notices/${encodeURIComponent(id)}`, 'application/sd-jwt')
  const finding = await verifyText(text, registry)
  const isAsked = finding.id === id
  tellFindings([isAsked || !finding.valid ? finding : otherNotice(finding.id)], { json })
}

function otherNotice(id: string) {
  return {
    valid: false as const,
    id,
    code: 'signature-invalid' as const,
    message: 'The node gave another notice than the one asked for.',
    notes: [],
  }
}
