import { invite as inviteRoute, type Invitation, InvitedRole, type Meeting } from '@video-meet/protocol'
import { Ellipsis, MailPlus, MailX, Send, UserRound, UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { answerText } from '../../features/scheduling/text.ts'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { text } from '../../lib/text.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useOnce } from '../../store/use-once.ts'
import { useToast } from '../../store/use-toast.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Select } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextArea } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { addressesIn, wrongAddressIn } from './invite-list.ts'
import { ProposalAnswer } from './proposal-answer.tsx'
import { detailText, formText } from './text.ts'

/** Who is invited, and what they answered. */
export function InviteesCard({ meeting }: { meeting: Meeting }) {
  const [inviting, setInviting] = useState(false)
  const query = meetingsApi.useInvitationsQuery(
    { params: { id: meeting.id } },
    { pollingInterval: 20_000, skipPollingIfUnfocused: true },
  )
  const isOpen = meeting.state === 'open' || meeting.state === 'live'
  return (
    <Card
      title={detailText.invitees}
      description={detailText.inviteesHint}
      action={
        isOpen ? (
          <Button look="secondary" onClick={() => setInviting(true)}>
            <UserRoundPlus aria-hidden className="size-5" />
            {detailText.inviteMore}
          </Button>
        ) : null
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={MailPlus} title={detailText.nobody} />
          ) : (
            <ul className="divide-y divide-line">
              {items.map((invitation) => (
                <InviteeRow key={invitation.id} meeting={meeting} invitation={invitation} isOpen={isOpen} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {inviting ? <InviteDialog meeting={meeting} onClose={() => setInviting(false)} /> : null}
    </Card>
  )
}

const TONES = { pending: 'plain', accepted: 'accent', declined: 'danger', proposed: 'plain' } as const

interface InviteeProps {
  meeting: Meeting
  invitation: Invitation
  isOpen: boolean
}

function InviteeRow({ meeting, invitation, isOpen }: InviteeProps) {
  const { name, email, status, role, note, proposal } = invitation
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-48">
          <p dir="auto" className="font-medium break-all">
            {name ?? email}
          </p>
          <p className="text-sm break-all text-soft">
            {[name === null ? null : email, detailText.roles[role]].filter(Boolean).join(' · ')}
          </p>
        </div>
        <Badge tone={TONES[status]}>{answerText.statuses[status]}</Badge>
        {isOpen ? <InviteeMenu meeting={meeting} invitation={invitation} /> : null}
      </div>
      {note === null || note === '' ? null : (
        <p dir="auto" className="rounded-control bg-control px-3 py-2 text-sm whitespace-pre-line">
          {note}
        </p>
      )}
      {proposal && isOpen ? (
        <ProposalAnswer meetingId={meeting.id} invitation={invitation} proposal={proposal} />
      ) : null}
    </li>
  )
}

function InviteeMenu({ meeting, invitation }: Omit<InviteeProps, 'isOpen'>) {
  const [asking, setAsking] = useState(false)
  const toast = useToast()
  const [update] = meetingsApi.useUpdateInvitationMutation()
  const [resend] = meetingsApi.useResendInvitationMutation()
  const [withdraw] = meetingsApi.useWithdrawInvitationMutation()
  const params = { id: meeting.id, invitationId: invitation.id }
  const who = invitation.name ?? invitation.email
  async function told(work: Promise<unknown>, done: string): Promise<void> {
    try {
      await work
      toast(done)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }
  return (
    <>
      <Menu
        label={detailText.actionsOf(who)}
        trigger={<Ellipsis aria-hidden className="size-5" />}
        triggerClassName="inline-flex size-11 items-center justify-center rounded-control text-soft hover:bg-control hover:text-ink"
      >
        <MenuItem icon={Send} onSelect={() => void told(resend({ params }).unwrap(), detailText.resent)}>
          {detailText.resend}
        </MenuItem>
        {InvitedRole.options
          .filter((role) => role !== invitation.role)
          .map((role) => (
            <MenuItem
              key={role}
              icon={UserRound}
              onSelect={() => void told(update({ params, body: { role } }).unwrap(), text.saved)}
            >
              {detailText.makeRole(detailText.roles[role])}
            </MenuItem>
          ))}
        <MenuItem icon={MailX} danger onSelect={() => setAsking(true)}>
          {detailText.withdraw}
        </MenuItem>
      </Menu>
      {asking ? (
        <ConfirmDialog
          title={detailText.withdrawTitle(who)}
          action={detailText.withdraw}
          onConfirm={() => withdraw({ params }).unwrap()}
          onClose={() => setAsking(false)}
        >
          {detailText.withdrawBody}
        </ConfirmDialog>
      ) : null}
    </>
  )
}

function InviteDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const toast = useToast()
  const [send] = meetingsApi.useInviteMutation()
  const once = useOnce()
  const form = useForm({
    initial: { invite: '', role: 'participant' },
    schema: inviteRoute.body,
    toInput: ({ invite, role }) => ({ invite: addressesIn(invite).map((email) => ({ email, role })) }),
    check: ({ invite }) => {
      const wrong = wrongAddressIn(invite)
      return wrong === undefined ? {} : { invite: wrong }
    },
    submit: async (body) => {
      const params = { id: meeting.id }
      await once(body, (idempotencyKey) => send({ params, body, options: { idempotencyKey } }).unwrap())
      toast(detailText.invited)
      onClose()
    },
  })
  return (
    <Dialog holdsForm title={detailText.inviteTitle} onClose={onClose}>
      <Form form={form}>
        <TextArea
          form={form}
          name="invite"
          label={formText.invite}
          description={formText.inviteHint}
          placeholder="ana@example.org, ben@example.org"
        />
        <Select
          form={form}
          name="role"
          label={detailText.role}
          choices={Object.entries(detailText.roles).map(([value, label]) => ({ value, label }))}
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={onClose}>
            {text.cancel}
          </Button>
          <SubmitButton form={form}>{detailText.invite}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
