/** The smallest valid records; arguments say what matters in a spec. */
import type { ListRow } from '@/types/list'
import type { Communication, Ticket, TicketActivities } from '@/types/ticket'

export function sampleRow(values: Partial<ListRow> = {}): ListRow {
  return {
    name: 7,
    subject: 'Printer is on fire',
    status: 'Open',
    priority: 'High',
    _assign: null,
    ...values,
  }
}

export function sampleTicket(values: Partial<Ticket> = {}): Ticket {
  return {
    name: 7,
    subject: 'Printer is on fire',
    description: '<p>Help</p>',
    raised_by: 'cleo@customer.test',
    status: 'Open',
    status_category: 'Open',
    priority: 'High',
    ticket_type: null,
    agent_group: null,
    customer: null,
    sla: 'Default',
    via_customer_portal: 0,
    creation: '2026-03-02 08:00:00',
    modified: '2026-03-02 09:00:00',
    opening_date: '2026-03-02',
    feedback_rating: 0,
    feedback_extra: null,
    is_merged: 0,
    merged_with: null,
    agreement_status: 'First Response Due',
    response_by: '2026-03-02 12:00:00',
    resolution_by: '2026-03-03 12:00:00',
    first_responded_on: null,
    resolution_date: null,
    on_hold_since: null,
    ...values,
  }
}

export function sampleMail(values: Partial<Communication> = {}): Communication {
  return {
    name: 'mail-1',
    subject: 'Printer is on fire',
    content: '<p>It really is.</p>',
    sender: 'cleo@customer.test',
    recipients: 'support@helpdesk.test',
    cc: null,
    bcc: null,
    creation: '2026-03-02 08:00:00',
    communication_date: '2026-03-02 08:00:00',
    sent_or_received: 'Received',
    delivery_status: null,
    user: { name: 'Cleo' },
    attachments: [],
    ...values,
  }
}

export function sampleActivities(values: Partial<TicketActivities> = {}): TicketActivities {
  return { communications: [sampleMail()], comments: [], history: [], views: [], ...values }
}
