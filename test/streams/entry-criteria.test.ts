import { describe, expect, test } from 'vitest';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import { producedInside } from '../../analytics/streams/checks/entry-criteria.ts';
import { builtInStreams } from '../../analytics/streams/index.ts';

const model = (id: string): StreamModel => {
  const found = builtInStreams().find((each) => each.model?.id === id)?.model;
  if (!found) throw new Error(`no ${id}`);
  return found;
};

describe('an entry criterion that a stage meets', () => {
  test.each([
    ['NCV-02', 'A site assessment is completed and approved for commercial or fleet installations.', 'NCV-02.2'],
    ['NCV-02', 'Site assessment performed', 'NCV-02.2'],
    ['NCV-02', 'The customer qualifies for a specific offering (e.g., credit check, property ownership).', 'NCV-02.1'],
    ['NCV-02', 'The lead has been qualified.', 'NCV-02.1'],
    ['NCV-02', 'A signed contract is in place.', 'NCV-02.3'],
    ['NCV-02', 'The charger is commissioned.', 'NCV-02.5'],
    ['NCV-01', 'The installation is scheduled.', 'NCV-01.4'],
    ['NCV-01', 'The customer has been trained.', 'NCV-01.6'],
  ])('%s: %s', (stream, criterion, stage) => {
    expect(producedInside(criterion, model(stream))?.stage.id).toBe(stage);
  });
});

describe('an innocent entry criterion', () => {
  test.each([
    ['NCV-01', "Customer expresses interest in Quantum Energy's smart home solutions."],
    ['NCV-01', 'Customer contact information is available.'],
    ['NCV-01', "Service is available in the customer's geographic area."],
    ['NCV-02', 'A customer (individual or business) expresses interest in an EV charging solution.'],
    ['NCV-02', 'The customer owns an electric vehicle.'],
    ['NCV-02', 'Marketing campaigns have been approved.'],
    ['NCV-02', 'The customer has agreed to be contacted.'],
  ])('%s: %s', (stream, criterion) => {
    expect(producedInside(criterion, model(stream))).toBeNull();
  });
});
