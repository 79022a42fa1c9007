import { screen } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { renderInDesk } from '@/test/render'
import { answers, asked } from '@/test/server'
import RuleTrial from './RuleTrial.vue'

async function tried(trial: object, typed = '#42') {
  answers('helpdesk.api.assignment_rule.try_rules', { rule: null, user: null, skills: [], has_skills: false, ...trial }) // prettier-ignore
  renderInDesk(RuleTrial, { isChanged: true })
  await userEvent.type(screen.getByLabelText('Number of a ticket'), typed)
  await userEvent.click(screen.getByRole('button', { name: 'Try' }))
  return (await screen.findByRole('status')).textContent
}

it('says which rule chooses whom, and whether they know what is needed', async () => {
  const text = await tried({ rule: 'Nights', user: 'anna@x', skills: ['SQL'], has_skills: true })
  expect(text).toContain('“Nights” would give it to Anna. It needs SQL.')
  expect(asked.at(-1)?.args).toEqual({ ticket: '42' })
  expect(screen.getByText(/not saved does not count/)).toBeTruthy()
})

it('says that nobody there has the skills', async () => {
  expect(await tried({ rule: 'Nights', user: 'anna@x', skills: ['SQL'] })).toContain('nobody who is there has that') // prettier-ignore
})

it('says that no rule fits', async () => {
  expect(await tried({})).toContain('No rule would give it to anybody.')
})
