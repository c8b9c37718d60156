import { expect, it } from 'vitest';
import { fileName, imbalance, sumLedgers } from '../../renderer/import-review/ledger.ts';

const ledger = { read: 10, inserted: 4, updated: 3, unchanged: 1, duplicate: 1, rejected: 1 };

it('balances where every row read is told', () => {
  expect(imbalance(ledger)).toBe(0);
  expect(imbalance({ ...ledger, rejected: 0 })).toBe(1);
});

it('adds ledgers column by column', () => {
  expect(sumLedgers([ledger, ledger])).toEqual({ read: 20, inserted: 8, updated: 6, unchanged: 2, duplicate: 2, rejected: 2 });
});

it('names a file of any system by its last part', () => {
  expect(fileName('C:\\extracts\\leads.csv')).toBe('leads.csv');
  expect(fileName('/home/ana/leads.csv')).toBe('leads.csv');
});
