import type { Stage, StreamModel } from '../../contract/stage-model.ts';
import { contentStems, isFunctionWord, phrases, stem, words } from './content-words.ts';

export interface InsideCriterion {
  readonly stage: Stage;
  /** What in the stage yields it, for the reader to judge. */
  readonly evidence: string;
}

/** Verbs that say of a thing that it has come to be; with one of them a criterion speaks of something's making. */
const MAKING = new Set(
  (
    'complete approve sign finish perform conduct secure schedule verify obtain agree confirm issue accept pay deliver create prepare install ' +
    'produce finalize finalise submit execute activate commission assess qualify design test inspect negotiate close record capture'
  )
    .split(' ')
    .map(stem),
);
/** Words that stand in so many criteria and stages that meeting in them means nothing. */
const COMMON = new Set(
  'customer client service solution product system data information new available interest'.split(' ').map(stem),
);
const DEED_NOUN = /(?:tion|ment|ing|al|ance|ure)s?$/i;
const NO_VERB = /(?:tion|ment|ness|ity|ing)s?$/i;

/**
 * The stage inside `model` that meets an entry criterion, so that it cannot gate the entry; `null` where none does.
 * Three signs, each of them narrow: an output of a stage that the criterion names whole; a phrase that the stage's own
 * words carry, where the criterion says that it has been made; a verb of the criterion that is the stage's own deed.
 */
export function producedInside(criterion: string, model: StreamModel): InsideCriterion | null {
  const ownName = new Set(contentStems(model.name));
  const ordinary = new Set([...COMMON, ...ownName]);
  const broughtAlong = new Set((model.stages[0]?.inputs ?? []).map((input) => contentStems(input).sort().join(' ')));
  for (const stage of model.stages) {
    const evidence =
      namedOutput(criterion, stage, { ordinary, broughtAlong }) ??
      madePhrase(criterion, stage, ordinary) ??
      ownDeed(criterion, stage, ownName);
    if (evidence !== null) return { stage, evidence };
  }
  return null;
}

interface Context {
  readonly ordinary: ReadonlySet<string>;
  readonly broughtAlong: ReadonlySet<string>;
}

function namedOutput(criterion: string, stage: Stage, { ordinary, broughtAlong }: Context): string | null {
  const said = new Set(contentStems(criterion));
  const makes = [...said].some((word) => MAKING.has(word));
  for (const output of stage.outputs) {
    const parts = contentStems(output);
    const telling = parts.filter((part) => !ordinary.has(part));
    if (broughtAlong.has([...parts].sort().join(' ')) || !parts.every((part) => said.has(part))) continue;
    if (parts.length >= 2 ? telling.length >= 1 : telling.length === 1 && makes) return `its output "${output}"`;
  }
  return null;
}

function madePhrase(criterion: string, stage: Stage, ordinary: ReadonlySet<string>): string | null {
  const makes = contentStems(criterion).some((word) => MAKING.has(word));
  const said = phrases(criterion);
  const telling = (phrase: string): boolean =>
    phrase.split(' ').filter((part) => !ordinary.has(part) && !MAKING.has(part)).length >= 1;
  const shared = (text: string): string | undefined => [...phrases(text)].find((phrase) => said.has(phrase) && telling(phrase));
  if (makes) {
    for (const [place, text] of [['name', stage.name], ...stage.outputs.map((output) => ['output', output] as const)] as const) {
      if (shared(text) !== undefined) return `its ${place} "${text}"`;
    }
    const phrase = shared(stage.description);
    if (phrase !== undefined) return `its description speaks of "${asWritten(phrase, stage.description)}"`;
  }
  return performedPhrase(said, stage, telling);
}

/** Without a making verb in the criterion, the stage must say itself that it does the thing: "conduct a credit check". */
function performedPhrase(said: ReadonlySet<string>, stage: Stage, telling: (phrase: string) => boolean): string | null {
  const all = words(stage.description);
  for (let index = 0; index + 1 < all.length; index += 1) {
    const phrase = `${stem(all[index] ?? '')} ${stem(all[index + 1] ?? '')}`;
    if (!said.has(phrase) || !telling(phrase)) continue;
    const before = all.slice(Math.max(0, index - 3), index);
    if (before.some((word) => /^(?:conduct|perform|carry|complete|prepare|run|obtain|undertake)s?$/i.test(word))) {
      return `its description says "${[...before, all[index], all[index + 1]].join(' ')}"`;
    }
  }
  return null;
}

function ownDeed(criterion: string, stage: Stage, ownName: ReadonlySet<string>): string | null {
  const deeds = new Map(
    words(stage.name)
      .filter((word) => DEED_NOUN.test(word))
      .map((word) => [stem(word), word]),
  );
  const confirmed = new Set(contentStems([stage.description, ...stage.outputs].join(' ')));
  const said = words(criterion);
  for (const [index, word] of said.entries()) {
    const root = stem(word);
    const deed = deeds.get(root);
    if (deed === undefined || !confirmed.has(root) || NO_VERB.test(word)) continue;
    const before = said[index - 1];
    const pastForm = /ed$/i.test(word);
    const presentForm = /[^s]s$/i.test(word) && before !== undefined && !isFunctionWord(before) && !ownName.has(root);
    if (pastForm || presentForm) return `its ${deed.toLowerCase()}`;
  }
  return null;
}

function asWritten(phrase: string, text: string): string {
  const all = words(text);
  const at = all.findIndex((word, index) => `${stem(word)} ${stem(all[index + 1] ?? '')}` === phrase);
  return at === -1 ? phrase : `${all[at]} ${all[at + 1]}`;
}
