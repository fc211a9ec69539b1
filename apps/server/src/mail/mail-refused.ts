/** A mail that was not taken. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
  /** To send it once more would be in vain: there is no such address, or the mail itself is not wanted. */
  readonly permanent: boolean

  constructor(message: string, permanent: boolean, options?: ErrorOptions) {
    super(message, options)
    this.permanent = permanent
  }
}
