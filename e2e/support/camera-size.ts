export interface CameraSize {
  readonly width: number
  readonly height: number
  readonly frameRate: number
}

/** As large as the clip that Chromium's fake camera plays. Firefox's fake camera has no size of its own. */
export const CLIP_SIZE: CameraSize = { width: 640, height: 360, frameRate: 15 }
/** For calls in which several browsers encode for each other: larger video is more than one core can do. */
export const LIGHT_SIZE: CameraSize = { width: 320, height: 180, frameRate: 8 }

/** Runs inside the page, before its own scripts: the camera films at this size, whatever the page asks for. */
export function limitCamera(size: CameraSize): void {
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined
  // The first page of a window has no devices.
  if (!mediaDevices) return
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = (wanted = {}) => {
    const { video } = wanted
    if (video === undefined || video === false) return open(wanted)
    return open({ ...wanted, video: { ...(video === true ? {} : video), ...size } })
  }
}
