import { CircleAlert } from 'lucide-react'
import { captureFailureText } from '../../room/capture-failure-text.ts'
import { deviceText, preJoinText } from '../text.ts'
import type { DeviceState, LocalPreview, PreviewState } from './local-preview.ts'

/** Why camera or microphone are missing, and that this keeps nobody out. */
export function CaptureProblems({ preview, state }: { preview: LocalPreview; state: PreviewState }) {
  const { camera, microphone, replaced } = state
  const failed = camera.status === 'failed' || microphone.status === 'failed'
  return (
    <div aria-live="polite">
      {failed ? (
        <div className="mt-4 flex gap-3 rounded-card border border-line bg-surface p-4 text-sm">
          <CircleAlert aria-hidden className="size-5 shrink-0 text-danger-text" />
          <div className="min-w-0 flex-1">
            {problemsOf(state).map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
            <p className="mt-1 text-soft">{preJoinText.canJoinAnyway}</p>
            <button
              type="button"
              onClick={() => retry(preview, state)}
              className="mt-1 -ml-2 min-h-11 rounded-control px-2 font-semibold text-accent-text hover:bg-accent-soft"
            >
              {preJoinText.askAgain}
            </button>
          </div>
        </div>
      ) : null}
      {replaced ? (
        <p className="mt-4 text-sm">{deviceText.replaced(replaced.before, replaced.after)}</p>
      ) : null}
    </div>
  )
}

function problemsOf({ camera, microphone }: PreviewState): string[] {
  const isDenied = (device: DeviceState) =>
    device.status === 'failed' && device.reason === 'permission_denied'
  if (isDenied(camera) && isDenied(microphone)) return [preJoinText.bothDenied]
  return [
    ...(camera.status === 'failed' ? [captureFailureText('camera', camera.reason)] : []),
    ...(microphone.status === 'failed' ? [captureFailureText('microphone', microphone.reason)] : []),
  ]
}

function retry(preview: LocalPreview, { camera, microphone }: PreviewState): void {
  if (camera.status === 'failed' && microphone.status === 'failed') void preview.start()
  else if (camera.status === 'failed') void preview.openCamera()
  else void preview.openMicrophone()
}
