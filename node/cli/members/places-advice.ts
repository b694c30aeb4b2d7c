import { FocalpointError, isError } from '#protocol'

export const adviceForRequests =
  'Add --from from-node (and, if the old key must end at once, --end from-node).'
export const adviceForEnds = 'Add --end from-node, or name each place: --end torture=41:ID, --end capital=0.'

/** Where places are missing, says with which options they are given. */
export function withPlacesAdvice<Answer>(advice: string, propose: () => Answer): Answer {
  try {
    return propose()
  } catch (error) {
    if (!isError(error, 'places-missing')) throw error
    throw new FocalpointError(error.code, `${error.message} ${advice}`, error.details, { cause: error })
  }
}
