/** One door to what the room needs later than the first picture, so that it travels in one file. */
export { QualityMark } from './connection/quality-mark.tsx'
export { DeviceCare } from './devices/device-care.tsx'
export { OpenDialog } from './open-dialog.tsx'
