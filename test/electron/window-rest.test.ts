import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { freeAtRest } from '../../electron/window-rest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function restingWindow() {
  const window = new EventTarget();
  const free = vi.fn();
  return { free, worked: freeAtRest(window, free), touch: (name: string) => window.dispatchEvent(new Event(name)) };
}

it('frees once after work, and not again until there is more', () => {
  const { free, worked } = restingWindow();
  worked();
  worked();
  expect(free).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(free).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  expect(free).toHaveBeenCalledTimes(1);
  worked();
  vi.runAllTimers();
  expect(free).toHaveBeenCalledTimes(2);
});

it('waits as long as somebody points, scrolls or types', () => {
  const { free, worked, touch } = restingWindow();
  worked();
  for (const name of ['pointermove', 'pointerdown', 'wheel', 'keydown']) {
    vi.advanceTimersByTime(2000);
    touch(name);
  }
  vi.advanceTimersByTime(2000);
  expect(free).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(free).toHaveBeenCalledTimes(1);
});

it('frees nothing where there was no work, however much is pointed', () => {
  const { free, touch } = restingWindow();
  touch('pointermove');
  vi.runAllTimers();
  expect(free).not.toHaveBeenCalled();
});
