import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { toast } from 'frappe-ui'
import { ServerError } from '@/api/request'
import { callByExotel, findByNumber, getCalling, isTelephonyInstalled, linkCall, noteCall, setDefaultMedium } from '@/api/telephony' // prettier-ignore
import { openPhone, type Line, type Phone } from '@/api/twilio'
import { readReport } from '@/lib/exotel'
import { messageOf, showError } from '@/lib/notify'
import { __ } from '@/lib/translate'
import { useSession } from '@/stores/session'
import type { CallPhase, ExotelReport, LiveCall, Medium } from '@/types/calls'

/** Whom to call, about what; without a number it is asked for. */
export interface Wanted {
  number: string
  ticket: string | null
}

/** Telephoning, where the site has the telephony app and it is on: one call at a time, on whatever page one is. */
export const useCalls = defineStore('calls', () => {
  const media = ref<Medium[]>([])
  const preferred = ref<Medium | null>(null)
  const call = ref<LiveCall | null>(null)
  const isSmall = ref(false)
  /** A call that waits for a number, or for how to make it. */
  const wanted = ref<Wanted | null>(null)
  const line = shallowRef<Line | null>(null)
  let phone: Promise<Phone> | null = null
  let linked = ''

  const isInstalled = computed(isTelephonyInstalled)
  const isOn = computed(() => media.value.length > 0)
  const isTalking = computed(() => call.value !== null && call.value.phase !== 'ended')
  const medium = computed(() => media.value.length === 1 ? media.value[0] : media.value.find((one) => one === preferred.value)) // prettier-ignore

  async function load(): Promise<void> {
    if (!isInstalled.value) return
    try {
      const found = await getCalling()
      media.value = found.media
      preferred.value = found.preferred
    } catch (error) {
      // Whoever may not telephone has a desk without telephone.
      if (!(error instanceof ServerError && (error.isPermission || error.isMissing))) throw error
    }
    if (media.value.includes('Twilio')) await phoneOf().catch(tellUnreachable)
  }
  function tellUnreachable(error: unknown): void {
    toast.warning(__('Calls by Twilio do not reach you here: {0}', messageOf(error)))
  }
  /** The browser as a phone; tried again when it could not be opened. */
  function phoneOf(): Promise<Phone> {
    phone ??= openPhone({ incoming: ring, failed: showError })
    phone.catch(() => (phone = null))
    return phone
  }

  function begin(values: Pick<LiveCall, 'medium' | 'isIncoming' | 'number' | 'phase' | 'ticket' | 'id'>): void {
    call.value = { ...values, party: null, startedAt: null, endedAt: null, isMuted: false }
    isSmall.value = false
    linked = ''
    const { number } = values
    if (!number) return
    findByNumber(number)
      .then((party) => call.value?.number === number && (call.value.party = party))
      .catch(showError)
  } // prettier-ignore
  function enter(phase: CallPhase): void {
    const now = call.value
    if (!now || now.phase === 'ended') return
    now.phase = phase
    if (phase === 'active') now.startedAt ??= Date.now()
    if (phase === 'ended') now.endedAt = Date.now()
    void link()
  }
  /** Say once which ticket it is about; the log may not know the call before its end. */
  async function link(): Promise<void> {
    const { id, ticket, phase } = call.value ?? {}
    if (!id || !ticket || linked === ticket) return
    linked = ticket
    try {
      await linkCall(id, ticket)
    } catch (error) {
      linked = ''
      if (phase === 'ended' || !(error instanceof ServerError && error.isMissing)) showError(error)
    }
  }

  /** Call somebody; asks for what is missing. */
  async function dial(number: string, ticket: string | null = null): Promise<void> {
    if (isTalking.value) return void toast.warning(__('End this call first.'))
    if (!number || !medium.value) wanted.value = { number, ticket }
    else await dialBy(medium.value, { number, ticket })
  }
  async function choose(chosen: Medium, isRemembered: boolean): Promise<void> {
    const whom = wanted.value
    wanted.value = null
    if (isRemembered) {
      await setDefaultMedium(chosen)
      preferred.value = chosen
    }
    if (whom) await dialBy(chosen, whom)
  }
  async function dialBy(chosen: Medium, { number, ticket }: Wanted): Promise<void> {
    begin({ id: null, medium: chosen, isIncoming: false, number, phase: 'dialling', ticket })
    try {
      if (chosen === 'Exotel') note(await callByExotel(number))
      else follow(await (await phoneOf()).dial(number))
    } catch (error) {
      call.value = null
      showError(error)
    }
  }
  function note(id: string | null): void {
    if (call.value) call.value.id ??= id
    void link()
  }

  // -- Twilio: the browser is the phone
  function follow(next: Line): void {
    line.value = next
    next.follow((state) => {
      if (line.value !== next) return
      note(next.id())
      enter(state)
    })
  }
  function ring(next: Line): void {
    if (isTalking.value) return next.reject()
    begin({ id: next.id(), medium: 'Twilio', isIncoming: true, number: next.number, phase: 'ringing', ticket: null }) // prettier-ignore
    follow(next)
  }
  const accept = () => line.value?.accept()
  const reject = () => line.value?.reject()
  const hangUp = () => line.value?.hangUp()
  function toggleMute(): void {
    if (!call.value || !line.value) return
    call.value.isMuted = !call.value.isMuted
    line.value.mute(call.value.isMuted)
  }

  /** Exotel: the phone is on the desk, and the server tells what it does. */
  function takeReport(report: ExotelReport): void {
    if (report.AgentEmail && report.AgentEmail !== useSession().user?.user_id) return
    const { id, isIncoming, number, phase } = readReport(report)
    const now = call.value
    const isOurs = now?.medium === 'Exotel' && (now.id === id || (!now.id && !now.isIncoming && !isIncoming)) // prettier-ignore
    if (isOurs) {
      note(id)
      if (phase !== 'ringing') enter(phase)
    } else if (!isTalking.value && isIncoming && phase === 'ringing') {
      begin({ id, medium: 'Exotel', isIncoming, number, phase, ticket: null })
    }
  }

  async function keepNote(text: string): Promise<void> {
    if (call.value?.id && text.trim()) await noteCall(call.value.id, text)
    dismiss()
  }
  function about(ticket: string): Promise<void> {
    if (call.value) call.value.ticket = ticket || null
    return link()
  }
  function dismiss(): void {
    call.value = null
    line.value = null
  }

  return {
    media, preferred, call, isSmall, wanted, isInstalled, isOn, isTalking, load, dial, choose, accept, reject, hangUp,
    toggleMute, takeReport, keepNote, about, dismiss,
  } // prettier-ignore
})
