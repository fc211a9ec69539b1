/** One door to what the room needs later than the first picture, so that it travels in one file. */
export { QualityMark } from './connection/quality-mark.tsx'
export { OpenDialog } from './open-dialog.tsx'
export { RoomCare } from './room-care.tsx'
