import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { useMediaQuery } from '@vueuse/core'
import type { Component } from 'vue'
import { useOwnStorage } from '@/lib/ownStorage'

/** Something people can do from the palette. */
export interface Command {
  label: string
  group: string
  icon?: Component
  keys?: string
  run: () => void
}

/** The frame: what is open, what is folded, and what the page on it offers. */
export const useLayout = defineStore('layout', () => {
  const collapsedWhenWide = useOwnStorage('sidebar-collapsed', false)
  /** Between phone and desktop the page needs the room more than the sidebar does. */
  const collapsedWhenNarrow = useOwnStorage('sidebar-collapsed-narrow', true)
  const isNarrow = useMediaQuery('(max-width: 1023px)')
  const isCollapsed = computed({
    get: () => (isNarrow.value ? collapsedWhenNarrow.value : collapsedWhenWide.value),
    set: (collapsed) => ((isNarrow.value ? collapsedWhenNarrow : collapsedWhenWide).value = collapsed),
  }) // prettier-ignore
  const foldedSections = useOwnStorage<string[]>('sidebar-folded', [])
  const isPhone = useMediaQuery('(max-width: 639px)')
  const isDrawerOpen = ref(false)
  const isPaletteOpen = ref(false)
  const areShortcutsOpen = ref(false)
  const areNotificationsOpen = ref(false)
  const settingsTab = ref<string | null>(null)
  const sources = shallowRef<(() => Command[])[]>([])
  const commands = computed(() => sources.value.flatMap((source) => source()))

  /** Offer commands as long as the page lives; the returned function takes them away. */
  function offer(source: () => Command[]): () => void {
    sources.value = [...sources.value, source]
    return () => (sources.value = sources.value.filter((other) => other !== source))
  }
  function toggleSection(name: string): void {
    const folded = foldedSections.value
    foldedSections.value = folded.includes(name)
      ? folded.filter((other) => other !== name)
      : [...folded, name]
  }
  /** Open the settings at a tab, or where they begin. */
  function openSettings(tab = ''): void {
    settingsTab.value = tab
  }

  return {
    isCollapsed,
    foldedSections,
    isPhone,
    isDrawerOpen,
    isPaletteOpen,
    areShortcutsOpen,
    areNotificationsOpen,
    settingsTab,
    commands,
    offer,
    toggleSection,
    openSettings,
  }
})
