import type { z } from 'zod';

/**
 * What is wrong with a value, in plain sentences: each field's path with what to write instead. The messages of the schemas
 * themselves stand as they are; those that zod makes are said in words a user can act on.
 */
export function issueText(error: z.ZodError): string {
  return error.issues.map(sentenceOf).join(' ');
}

type Issue = z.ZodError['issues'][number];

function sentenceOf(issue: Issue): string {
  const path = pathText(issue.path);
  const words = wordsOf(issue);
  const told = path === '' ? words : `${path}: ${words}`;
  return /[.!?]$/.test(told) ? told : `${told}.`;
}

function wordsOf(issue: Issue): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => `"${key}"`).join(', ')} is nothing that can stand here; check the spelling`;
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing';
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) return `must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small'))
    return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unitOf(issue.origin)}`;
  if (issue.code === 'too_big' && issue.message.startsWith('Too big'))
    return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unitOf(issue.origin)}`;
  return issue.message;
}

function unitOf(origin: string): string {
  if (origin === 'array') return ' entries long';
  return origin === 'string' ? ' signs long' : '';
}

function article(type: string): string {
  if (type === 'int') return 'a whole number';
  if (type === 'boolean') return 'true or false';
  return `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** A path as people write it: `targets[0].value`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
