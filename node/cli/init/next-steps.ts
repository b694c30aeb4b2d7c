import { styledTalk } from '../talk.ts'
import { fileNames } from './files.ts'
import type { InitPlan } from './plan.ts'

interface Made {
  /** Of the request. */
  number: string
  isDemonstration: boolean
}

/** What people do after `init`, in the order in which they do it. */
export function nextSteps(plan: InitPlan, { number, isDemonstration }: Made): string {
  const steps = [
    `Take ${fileNames.recovery} offline: copy it to two memory sticks, lock them away in two places, and delete it here. The node never needs it; it stops a stolen signing key when nothing else can.`,
    `Keep the passphrase of ${fileNames.keys} apart from this machine: without it the keys are lost.`,
    `Send ${fileNames.request} to a coordinator, by any way you like: it holds no secret.`,
    `Call the coordinators at a number that you know from elsewhere, and read these twelve groups to them:\n\n${twoLines(number)}\n`,
    afterwards(plan),
    `Start the node with "focalpoint serve${isDemonstration ? ' --join-demonstration' : ''}" in ${plan.folder}.`,
  ]
  return ['', styledTalk('bold', 'What to do next'), ...steps.map((step, at) => `${at + 1}. ${step}`)].join(
    '\n',
  )
}

function afterwards({ net }: InitPlan): string {
  if (net === null)
    return `When the coordinators have founded the network, put the ${fileNames.trust} that they give you here, and compare its fingerprint with them.`
  return `When the coordinators have admitted you, put the newest ${fileNames.trust} here: "focalpoint members import" does it from the file that they send you.`
}

/** Six groups a line. */
function twoLines(number: string): string {
  return `     ${number.slice(0, 35)}\n     ${number.slice(36)}`
}
