import { expect, it } from 'vitest';
import { placeOfHash } from '../../renderer/app-shell/address.ts';

it('names each view by its id', () => {
  expect(placeOfHash('#/stream/NCV-02')).toEqual({ view: 'stream', stream: 'NCV-02' });
  expect(placeOfHash('#/metric/ncv-01.5/first-time-fix-rate')).toEqual({
    view: 'metric',
    metric: 'ncv-01.5/first-time-fix-rate',
  });
  expect(placeOfHash('#imports')).toEqual({ view: 'imports' });
});

it('goes nowhere for anything else', () => {
  for (const hash of ['', '#', '#/stream/<b>', '#/metric/x', '#/settings']) expect(placeOfHash(hash)).toBeNull();
});
