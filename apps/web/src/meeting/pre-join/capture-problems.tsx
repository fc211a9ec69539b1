import { CircleAlert } from 'lucide-react'
import { captureFailureText } from '../../room/capture-failure-text.ts'
import { preJoinText } from '../text.ts'
import type { LocalPreview, PreviewState } from './local-preview.ts'

/** Why camera or microphone are missing, and that this keeps nobody out. */
export function CaptureProblems({ preview, state }: { preview: LocalPreview; state: PreviewState }) {
  const { camera, microphone } = state
  const failed = camera.status === 'failed' || microphone.status === 'failed'
  return (
    <div aria-live="polite">
      {failed ? (
        <div className="mt-4 flex gap-3 rounded-card bg-danger-soft p-4 text-sm text-danger-text">
          <CircleAlert aria-hidden className="size-5 shrink-0" />
          <div className="min-w-0 flex-1">
            {camera.status === 'failed' ? <p>{captureFailureText('camera', camera.reason)}</p> : null}
            {microphone.status === 'failed' ? (
              <p>{captureFailureText('microphone', microphone.reason)}</p>
            ) : null}
            <p className="mt-1">{preJoinText.canJoinAnyway}</p>
            <button
              type="button"
              onClick={() => retry(preview, state)}
              className="mt-1 -ml-2 min-h-11 rounded-control px-2 font-semibold underline underline-offset-4"
            >
              {preJoinText.askAgain}
            </button>
          </div>
        </div>
      ) : null}
    </div>
  )
}

function retry(preview: LocalPreview, { camera, microphone }: PreviewState): void {
  if (camera.status === 'failed' && microphone.status === 'failed') void preview.start()
  else if (camera.status === 'failed') void preview.chooseCamera()
  else void preview.chooseMicrophone()
}
