/** Writes text to standard output and waits until it is taken, so that long output survives the end of the process. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, (fault) => (fault ? reject(fault) : resolve()));
  });
}

/** Writes one JSON document to standard output. */
export async function printJson(value: unknown): Promise<void> {
  await print(JSON.stringify(value));
}

/** Writes a message for the person at the terminal to standard error. */
export function tell(message: string): void {
  process.stderr.write(`${message}\n`);
}
