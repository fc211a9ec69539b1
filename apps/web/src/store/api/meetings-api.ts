import {
  answerInvitation,
  answerProposal,
  cancelMeeting,
  createMeeting,
  deleteMeeting,
  endMeeting,
  getMeeting,
  invite,
  listAttendees,
  listInvitations,
  listMeetings,
  listMyInvitations,
  listQuality,
  resendInvitation,
  startMeeting,
  updateInvitation,
  updateMeeting,
  withdrawInvitation,
} from '@video-meet/protocol'
import { api } from './api.ts'
import { fromRoutes } from './routes.ts'

/** Meetings, who is invited to them and who was there. */
export const meetingsApi = api.injectEndpoints({
  endpoints(build) {
    const { read, pages, change } = fromRoutes(build)
    return {
      meetings: pages(listMeetings, ['Meeting']),
      meeting: read(getMeeting, ['Meeting']),
      createMeeting: change(createMeeting, ['Meeting']),
      updateMeeting: change(updateMeeting, ['Meeting']),
      deleteMeeting: change(deleteMeeting, ['Meeting', 'ReceivedInvitation']),
      cancelMeeting: change(cancelMeeting, ['Meeting']),
      startMeeting: change(startMeeting, ['Meeting']),
      endMeeting: change(endMeeting, ['Meeting', 'Attendee', 'Quality']),
      attendees: read(listAttendees, ['Attendee']),
      qualities: pages(listQuality, ['Quality']),
      invitations: read(listInvitations, ['Invitation']),
      invite: change(invite, ['Invitation']),
      updateInvitation: change(updateInvitation, ['Invitation']),
      withdrawInvitation: change(withdrawInvitation, ['Invitation']),
      resendInvitation: change(resendInvitation, ['Invitation']),
      answerProposal: change(answerProposal, ['Invitation', 'Meeting']),
      receivedInvitations: pages(listMyInvitations, ['ReceivedInvitation']),
      answerInvitation: change(answerInvitation, ['ReceivedInvitation', 'Meeting', 'Notice']),
    }
  },
})
