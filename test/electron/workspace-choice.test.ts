import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseWorkspace, rememberWorkspace } from '../../electron/workspace-choice.ts';

const userFolder = () => mkdtempSync(join(tmpdir(), 'weir-user-'));

describe('chooseWorkspace', () => {
  it('takes the named workspace and never makes a sample there', () => {
    expect(chooseWorkspace(userFolder(), '/data/mine')).toEqual({ dir: '/data/mine', sampleWhereMissing: false });
  });

  it('opens the one that was open last', () => {
    const user = userFolder();
    rememberWorkspace(user, '/data/last');
    expect(chooseWorkspace(user, undefined)).toEqual({ dir: '/data/last', sampleWhereMissing: false });
  });

  it('falls back to the sample, made on first use, where nothing or nothing readable is remembered', () => {
    const user = userFolder();
    const sample = { dir: join(user, 'sample-workspace'), sampleWhereMissing: true };
    expect(chooseWorkspace(user, undefined)).toEqual(sample);
    writeFileSync(join(user, 'last-workspace.json'), '{broken');
    expect(chooseWorkspace(user, '')).toEqual(sample);
  });
});
