/** A record of a JSON document as it stands there, and the line on which it begins. */
export interface DocumentRecord {
  readonly text: string;
  readonly line: number;
}

/** What a record names itself by: an object with one of these is a record, not what records are sent in. */
const OWN_NAMES = ['id', 'uid', 'sys_id', 'number', 'key', 'name'];

/**
 * The records of a JSON document: of a list of objects, or of the longest such list within one object, as interfaces send them
 * (`{"tickets": […], "count": 2}`). Null of a text that is no JSON, or holds no list of records.
 */
export function documentRecords(text: string): DocumentRecord[] | null {
  const list = listIn(text);
  if (list === null) return null;
  const found: DocumentRecord[] = [];
  const open: string[] = [];
  const depth = list === '' ? 1 : 2;
  let key = '';
  let within = list === '';
  let line = 1;
  let begin = { at: 0, line };
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]|\r\n|\n|\r/g)) {
    if (token.startsWith('"')) {
      if (open.length === 1) key = token;
    } else if (token === '{' || token === '[') {
      if (token === '[' && depth === 2 && open.length === 1) within = JSON.parse(key) === list;
      if (token === '{' && within && open.length === depth) begin = { at: index, line };
      open.push(token);
    } else if (token === '}' || token === ']') {
      open.pop();
      if (token === '}' && within && open.length === depth)
        found.push({ text: text.slice(begin.at, index + 1), line: begin.line });
    } else line++;
  }
  return found;
}

/** The name of the list that holds the records, empty where the document is that list; null where there is none. */
function listIn(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (isList(value)) return '';
  if (typeof value !== 'object' || value === null || OWN_NAMES.some((name) => name in value)) return null;
  const lists = Object.entries(value).filter((entry): entry is [string, readonly object[]] => isList(entry[1]));
  return lists.sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}

function isList(value: unknown): value is readonly object[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
  );
}
