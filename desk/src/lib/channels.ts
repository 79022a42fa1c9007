/** How tickets come in. The names are the server's; the words are the reader's. */
import type { Component } from 'vue'
import LucideBuilding from '~icons/lucide/building'
import LucideCode from '~icons/lucide/code'
import LucideGlobe from '~icons/lucide/globe'
import LucideMail from '~icons/lucide/mail'
import LucideMessageCircle from '~icons/lucide/message-circle'
import LucidePanelsTopLeft from '~icons/lucide/panels-top-left'
import LucidePhone from '~icons/lucide/phone'
import { __ } from './translate'
import type { Ticket } from '@/types/ticket'

interface Channel {
  label: string
  /** As part of a sentence: how it came. */
  via: string
  icon: Component
}
export const CHANNELS = ['Email', 'Portal', 'Website', 'Phone', 'Chat', 'API', 'Internal']

export function channelOf(name: string): Channel {
  const known: Record<string, Channel> = {
    Email: { label: __('E-mail'), via: __('via e-mail'), icon: LucideMail },
    Portal: { label: __('Portal'), via: __('via portal'), icon: LucidePanelsTopLeft },
    Website: { label: __('Website'), via: __('via the website'), icon: LucideGlobe },
    Phone: { label: __('Phone'), via: __('by phone'), icon: LucidePhone },
    Chat: { label: __('Chat'), via: __('by chat'), icon: LucideMessageCircle },
    API: { label: __('API'), via: __('via the API'), icon: LucideCode },
    Internal: { label: __('Internal'), via: __('from within'), icon: LucideBuilding },
  }
  return known[name] ?? { label: __(name), via: __('via {0}', __(name)), icon: LucideGlobe }
}

/** The channel of a ticket; those from before there were channels tell at least portal from mail. */
export function channelNameOf({ channel, via_customer_portal }: Ticket): string {
  return channel || (via_customer_portal ? 'Portal' : 'Email')
}
