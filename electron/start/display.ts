/** Whether this machine can show a window to the person in front of it. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return isSet(process.env.DISPLAY) || isSet(process.env.WAYLAND_DISPLAY);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
