import { useEffect } from 'react';

/** Marks the moment at which an answer is on screen (the second frame after it was drawn), for measuring; once for each answer. */
export function useMarkPainted(answer: object): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mark for each answer, whatever it holds.
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark('numbers painted'));
    });
    return () => cancelAnimationFrame(frame);
  }, [answer]);
}
