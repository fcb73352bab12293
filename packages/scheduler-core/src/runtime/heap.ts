/** A binary min-heap: the item with the smallest key comes first. */
export interface Heap<T> {
  readonly size: number
  push(item: T): void
  peek(): T | undefined
  pop(): T | undefined
}

export function createHeap<T>(key: (item: T) => number): Heap<T> {
  const items: T[] = []
  return {
    get size() {
      return items.length
    },
    peek: () => items[0],
    push(item) {
      items.push(item)
      rise(items, key)
    },
    pop() {
      const top = items[0]
      const last = items.pop()
      if (items.length > 0 && last !== undefined) {
        items[0] = last
        sink(items, key)
      }
      return top
    },
  }
}

function rise<T>(items: T[], key: (item: T) => number): void {
  let index = items.length - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!swapIfLess(items, key, index, parent)) return
    index = parent
  }
}

function sink<T>(items: T[], key: (item: T) => number): void {
  let index = 0
  for (;;) {
    const left = 2 * index + 1
    const right = left + 1
    const lesser = isLess(items, key, right, left) ? right : left
    if (!swapIfLess(items, key, lesser, index)) return
    index = lesser
  }
}

function isLess<T>(items: readonly T[], key: (item: T) => number, a: number, b: number): boolean {
  const left = items[a]
  const right = items[b]
  return left !== undefined && right !== undefined && key(left) < key(right)
}

function swapIfLess<T>(items: T[], key: (item: T) => number, a: number, b: number): boolean {
  const left = items[a]
  const right = items[b]
  if (left === undefined || right === undefined || key(left) >= key(right)) return false
  items[a] = right
  items[b] = left
  return true
}
