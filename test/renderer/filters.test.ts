import { expect, it } from 'vitest';
import { withMembers } from '../../renderer/place/filters.ts';

it('keeps members in one order, so that the same choice is the same question', () => {
  expect(withMembers({}, 'region', ['West', 'East'])).toEqual({ region: ['East', 'West'] });
});

it('takes a dimension out where nothing is chosen, since an empty list is no filter', () => {
  expect(withMembers({ region: ['East'], segment: ['fleet'] }, 'region', [])).toEqual({ segment: ['fleet'] });
});
