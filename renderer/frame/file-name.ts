/** The last part of a path, whichever way its parts are divided. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
