/**
 * mediasoup-client brings Node's emitter, of which it uses what Socket.IO's can do: this stands in for it, so that pages
 * carry one emitter instead of two. A module's text, as it is put into the bundle.
 */
export const ONE_EMITTER = `
import { Emitter } from '@socket.io/component-emitter'

export class EventEmitter extends Emitter {
  setMaxListeners() {
    return this
  }
  emit(name, ...values) {
    const isHeard = this.hasListeners(name)
    super.emit(name, ...values)
    return isHeard
  }
  removeAllListeners(name) {
    return name === undefined ? this.off() : this.off(name)
  }
  listenerCount(name) {
    return this.listeners(name).length
  }
}
`
