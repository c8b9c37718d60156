const NAME = /^[a-z][a-z0-9-]{0,59}$/;
/** Windows keeps these names for devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Whether a profile can be called so, and its file after it on every system. */
export function isProfileName(name: string): boolean {
  return NAME.test(name) && !DEVICES.test(name);
}
