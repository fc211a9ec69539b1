import type { CaptureErrorReason } from '@video-meet/client'

type Device = 'microphone' | 'camera'

/** What a failed capture means and what to do about it. */
export function captureFailureText(device: Device, reason: CaptureErrorReason): string {
  switch (reason) {
    case 'permission_denied':
      return `The browser does not let this page use your ${device}. Allow it in the site settings beside the address.`
    case 'no_device':
      return `No ${device} was found.`
    case 'device_busy':
      return `Your ${device} is in use by another program. Close that and try again; everything else goes on.`
    case 'insecure_context':
      return `Your ${device} works only over a secure (https) address.`
    case 'unsupported':
      return `This browser cannot use a ${device}.`
    case 'no_web_audio':
      return 'This browser blocks Web Audio, which the sound tests need. Meetings work without it.'
    case 'cancelled':
    case 'unknown':
      return `Your ${device} could not be started.`
  }
}
