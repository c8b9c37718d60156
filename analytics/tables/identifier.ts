/** A name as SQL writes it: the one place where a name becomes statement text. Only lower-case words with digits pass. */
export function identifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`Not a name for a table or column: ${JSON.stringify(name)}`);
  return `"${name}"`;
}

/** A text as an SQL literal; for names in definitions that a macro or table definition must contain. Values are bound, never pasted. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
