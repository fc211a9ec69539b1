/**
 * Runs inside the page, before its own scripts. Firefox's fake camera films as large and as often as a page wishes, which
 * is too much for two cores: from then on it is one like Chromium's in the stories.
 */
export function installSmallCamera(): void {
  const CAMERA = { width: 640, height: 360, frameRate: 15 }
  const mediaDevices = navigator.mediaDevices as MediaDevices | undefined
  // A window begins with a page that has none.
  if (!mediaDevices) return
  const open = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = (wanted = {}) => {
    const { video } = wanted
    if (video === undefined || video === false) return open(wanted)
    return open({ ...wanted, video: { ...(video === true ? {} : video), ...CAMERA } })
  }
}
