import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';

/** Runs on a thread of its own, and as text, so that no bundle has to carry a file for it. */
const HASHING = `
  const { createHash } = require('node:crypto');
  const { closeSync, openSync, readSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  const file = openSync(workerData);
  const buffer = Buffer.alloc(1048576);
  const hash = createHash('sha256');
  for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) hash.update(buffer.subarray(0, size));
  closeSync(file);
  parentPort.postMessage(hash.digest('hex'));
`;

/** A thread takes longer to start than fewer bytes take to be read. */
const THREAD_BYTES = 16 * 1024 * 1024;

/** The SHA-256 of a file's bytes, in hexadecimal digits, worked out beside whatever else is done where there are many. Rejects where the file cannot be read, or once `signal` aborts. */
export async function fingerprint(file: string, signal?: AbortSignal): Promise<string> {
  if ((await stat(file)).size < THREAD_BYTES) {
    return createHash('sha256')
      .update(await readFile(file, signal ? { signal } : {}))
      .digest('hex');
  }
  const worker = new Worker(HASHING, { eval: true, workerData: file });
  worker.unref();
  try {
    const [digest] = await once(worker, 'message', signal ? { signal } : {});
    return String(digest);
  } finally {
    await worker.terminate();
  }
}
