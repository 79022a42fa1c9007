import { computed, ref } from 'vue'
import { getHomeLayout, saveHomeLayout, type HomeCard } from '@/api/analytics'

const WIDTHS = [17, 25, 33, 50]
const COLUMNS = 50

/** Cards in the order they are read, each put where there is room: left to right, then below. */
export function flow(cards: HomeCard[]): HomeCard[] {
  let [x, y, height] = [0, 0, 0]
  return cards.map(({ chart, layout }) => {
    if (x + layout.w > COLUMNS) [x, y, height] = [0, y + height, 0]
    const placed = { chart, layout: { ...layout, x, y } }
    x += layout.w
    height = Math.max(height, layout.h)
    return placed
  })
}

const byPlace = (a: HomeCard, b: HomeCard) => a.layout.y - b.layout.y || a.layout.x - b.layout.x

/** How somebody arranged the home page; changes count once they are saved. */
export function useHomeLayout() {
  const id = ref('')
  const cards = ref<HomeCard[]>([])
  const shipped = ref<HomeCard[]>([])
  const stored = ref('')
  const isEditing = ref(false)
  const isChanged = computed(() => JSON.stringify(cards.value) !== stored.value)
  const missing = computed(() => shipped.value.filter(({ chart }) => !cards.value.some((card) => card.chart === chart))) // prettier-ignore

  async function load(reset = false): Promise<void> {
    const found = await getHomeLayout(reset)
    id.value = found.id
    shipped.value = found.shipped
    cards.value = [...found.cards].sort(byPlace)
    stored.value = JSON.stringify(cards.value)
  }
  function move(at: number, step: number): void {
    const [card] = cards.value.slice(at, at + 1)
    if (card) cards.value = cards.value.toSpliced(at, 1).toSpliced(at + step, 0, card)
  }
  const remove = (at: number) => (cards.value = cards.value.toSpliced(at, 1))
  const add = (card: HomeCard) => (cards.value = [...cards.value, card])
  /** The next of the four widths that its content bears. */
  function widen(at: number): void {
    cards.value = cards.value.map((card, index) => {
      if (index !== at) return card
      const widths = WIDTHS.filter((width) => width >= Number(card.layout.minW ?? 0))
      const w = widths.find((width) => width > card.layout.w) ?? widths[0] ?? COLUMNS
      return { ...card, layout: { ...card.layout, w } }
    })
  }
  function cancel(): void {
    cards.value = JSON.parse(stored.value) as HomeCard[]
    isEditing.value = false
  }
  async function save(): Promise<void> {
    cards.value = flow(cards.value)
    await saveHomeLayout(id.value, cards.value)
    stored.value = JSON.stringify(cards.value)
    isEditing.value = false
  }
  return { cards, missing, isEditing, isChanged, load, move, remove, add, widen, cancel, save }
}
