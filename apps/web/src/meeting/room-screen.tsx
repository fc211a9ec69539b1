import { Keyboard } from 'lucide-react'
import { useFocusOnMount } from '../lib/use-focus-on-mount.ts'
import { useTools } from '../room/tools-context.tsx'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogOpened } from '../store/ui-slice.ts'
import { Boundary } from '../ui/boundary.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Announcer } from './announcer.tsx'
import { ControlBar } from './control-bar.tsx'
import { useLateParts } from './late-parts.ts'
import { NoticeToast } from './notice-toast.tsx'
import { panels } from './panels.ts'
import { PartsContext } from './parts-context.ts'
import type { LateDevices } from './pre-join/use-join.ts'
import { AloneHint, RoomBanners } from './room-banners.tsx'
import { SidePanel } from './side-panel.tsx'
import { Stage } from './stage/stage.tsx'
import { controlText } from './text.ts'
import { ToolsProvider } from './tools-provider.tsx'
import { TopologyBadge } from './topology-badge.tsx'
import { useLateDevices } from './use-late-devices.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** The meeting itself: stage, panels and controls. */
export function RoomScreen({ title, late }: { title: string; late: LateDevices }) {
  useShortcuts()
  useLateDevices(late)
  const parts = useLateParts()
  const openPanel = useAppSelector((state) => state.ui.openPanel)
  const panel = panels.find(({ id }) => id === openPanel)
  return (
    <div className="room flex h-dvh flex-col overflow-hidden bg-page text-ink">
      <Header title={title} />
      <ToolsProvider>
        <main className="relative flex min-h-0 flex-1 gap-2 px-[max(0.5rem,env(safe-area-inset-left))]">
          <div className="relative flex min-w-0 flex-1 flex-col">
            <PartsContext value={parts}>
              <Stage />
            </PartsContext>
            <Boundary>
              <AloneHint />
            </Boundary>
            <RoomBanners>
              <Boundary>{parts ? <parts.RoomCare /> : null}</Boundary>
            </RoomBanners>
            <Boundary>
              <NoticeToast />
            </Boundary>
            <Boundary>
              <RoomTools />
            </Boundary>
          </div>
          {panel === undefined ? null : <SidePanel key={panel.id} panel={panel} />}
        </main>
        <footer className="relative z-20 px-1 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))]">
          <ControlBar />
        </footer>
      </ToolsProvider>
      <Boundary>
        <Announcer />
      </Boundary>
      <Boundary>{parts ? <parts.OpenDialog /> : null}</Boundary>
    </div>
  )
}

function RoomTools() {
  const tools = useTools()
  return tools ? <tools.RoomTools /> : null
}

function Header({ title }: { title: string }) {
  const dispatch = useAppDispatch()
  const heading = useFocusOnMount<HTMLHeadingElement>()
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 pr-2 pl-4">
      <h1
        ref={heading}
        tabIndex={-1}
        dir="auto"
        className="truncate outline-none text-[0.9375rem] font-semibold"
      >
        {title}
      </h1>
      <Boundary>
        <TopologyBadge />
      </Boundary>
      <IconButton
        label={controlText.shortcuts}
        icon={Keyboard}
        className="ml-auto pointer-coarse:hidden"
        onClick={() => dispatch(dialogOpened('shortcuts'))}
      />
    </header>
  )
}
