import { AppError } from '../platform/errors.ts'
import type { Person } from './admission.ts'

type Seated = { readonly person: Person }

/** Other people whose seats come from the invitation of `person`; the same person may have several seats. */
export function otherHolders<Holder extends Seated>(seated: readonly Holder[], person: Person): Holder[] {
  const { invitationId, key } = person
  if (invitationId === undefined) return []
  return seated.filter((one) => one.person.invitationId === invitationId && one.person.key !== key)
}

/** @param isProven whether the person may take the seat over just by asking for it */
export function invitationInUse(isProven: boolean): AppError {
  return new AppError('invitation_in_use', 'This invitation is already being used in another browser.', {
    details: { isProven },
  })
}
