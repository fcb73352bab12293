import { expect, it } from 'vitest'

import { createToastStore, type Toast } from './toast-store.ts'

const toast = (step: Toast['step']): Toast => ({ id: 'a', title: 'Run poll now', step, detail: null, link: null })

it('a message that the reader has closed does not come back as its command goes on', () => {
  const store = createToastStore()
  store.put(toast('accepted'))
  store.remove('a')
  store.put(toast('applied'))
  expect(store.get()).toEqual([])
  store.put(toast('sending'))
  store.put(toast('applied'))
  expect(store.get()).toEqual([toast('applied')])
})
