import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diskRoomMb } from '../../../analytics/workspace/running/disk-room.ts';

it('tells the room of the disk on which a folder lies, in MB, and rejects where there is no such folder', async () => {
  const room = await diskRoomMb(tmpdir());
  expect(room).toBeGreaterThan(0);
  expect(room).toBeLessThan(1e9);
  await expect(diskRoomMb(join(tmpdir(), 'no such folder'))).rejects.toThrow();
});
