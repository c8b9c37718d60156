/** So long after the last answer, movement or key the window is being read, in ms. */
const REST_AFTER_MS = 2500;
const TOUCHES = ['pointermove', 'pointerdown', 'wheel', 'keydown'] as const;

/**
 * Calls `free` once after work, when the window has been left alone for a moment: what earlier views were drawn with is held until
 * then, and would be for half a minute more. Gives what is to be called with each piece of work.
 */
export function freeAtRest(window: Pick<EventTarget, 'addEventListener'>, free: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      waiting = undefined;
      free();
    }, REST_AFTER_MS);
  };
  for (const touch of TOUCHES) {
    window.addEventListener(touch, () => waiting !== undefined && wait(), { capture: true, passive: true });
  }
  return wait;
}
