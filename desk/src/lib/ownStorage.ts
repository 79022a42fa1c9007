/** What this browser keeps for one person on one site: drafts, and how they like their pages. */
import { useStorage, type RemovableRef } from '@vueuse/core'
import { signedInUser } from './cookies'

/** What the names of all that belongs to this person begin with. */
export function ownPrefix(): string {
  const site = window.site_name ?? window.location.hostname
  return `helpdesk:${site}:${signedInUser() ?? 'Guest'}:`
}

export const ownKey = (name: string): string => ownPrefix() + name

/** A setting that is remembered until this person signs out here. */
export function useOwnStorage<T>(name: string, initial: T): RemovableRef<T> {
  return useStorage<T>(ownKey(name), initial, undefined, { writeDefaults: false })
}

/** On shared computers nothing of somebody stays behind; the prefix is asked for before the session ends. */
export function forget(prefix: string): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(prefix)) localStorage.removeItem(key)
  }
}
