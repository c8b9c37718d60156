import type { DocumentFinding } from '../contract/stage-model.ts';

interface FindingSentences {
  readonly message: string;
  readonly fix: string;
}

/** Every finding of a stage document: what is wrong, and what to do. Braces name facts that {@link finding} fills in. */
export const FINDING_SENTENCES = {
  'empty-document': {
    message: 'The document is empty.',
    fix: 'Write the stream into it: a Value Stream ID and a table of stages.',
  },
  'too-large': {
    message: 'The document has {size}; a stage document has a few pages and is read up to {limit}.',
    fix: 'Check that this is the stage document, and leave out what does not belong to it.',
  },
  'not-text': {
    message: 'The file is no UTF-8 text: {reason}.',
    fix: 'Export the document as Markdown, saved as UTF-8.',
  },
  'too-complex': {
    message: 'Text from here on is too long or too deeply nested to be read; lines passed over: {count}.',
    fix: 'Break the text into shorter lines and paragraphs without deep nesting.',
  },
  'comment-open': {
    message: 'The comment that opens here is never closed, so everything after it is hidden.',
    fix: 'Close it with -->.',
  },
  'stream-id-missing': {
    message: 'No value stream id was found.',
    fix: 'Add a line such as **Value Stream ID:** NCV-01.',
  },
  'stream-id-elsewhere': {
    message: 'There is no Value Stream ID line; {id} was read from {place}.',
    fix: 'Add the line **Value Stream ID:** {id}.',
  },
  'stream-id-malformed': {
    message: '"{text}" is no value stream id.',
    fix: 'Write capitals, a hyphen and a number, for example NCV-01.',
  },
  'stream-id-differs': {
    message: 'The {place} says {found}, the Value Stream ID says {id}.',
    fix: 'Write the same id in both places; {id} was used.',
  },
  'name-missing': { message: 'The stream has no name.', fix: 'Add the line **Name:** with the name of the stream.' },
  'description-missing': {
    message: 'The stream has no description.',
    fix: 'Add the line **Description:** with one or two sentences.',
  },
  'value-proposition-missing': {
    message: 'The stream has no value proposition.',
    fix: 'Add the line **Value Proposition:** with the value that the receiving stakeholder gets.',
  },
  'triggering-stakeholder-missing': {
    message: 'No triggering stakeholder is named.',
    fix: 'Add the line **Triggering Stakeholder:** with who sets the stream in motion.',
  },
  'receiving-stakeholder-missing': {
    message: 'No receiving stakeholder is named.',
    fix: 'Add the line **Receiving Stakeholder:** with who gets the value at the end.',
  },
  'version-missing': { message: 'The document has no version.', fix: 'Add the line **Document Version:** 1.0.' },
  'date-missing': { message: 'The document has no date.', fix: 'Add the line **Date:** as YYYY-MM-DD.' },
  'date-malformed': {
    message: 'The date "{text}" does not name one day.',
    fix: 'Write it as YYYY-MM-DD, for example 2025-11-25.',
  },
  'date-unusual': { message: 'The date "{text}" was read as {date}.', fix: 'Write {date}, so that nobody has to guess.' },
  'entry-criteria-missing': {
    message: 'There are no entry criteria.',
    fix: 'Add **Entry Criteria:** with a list of what must hold before the stream starts.',
  },
  'exit-criteria-missing': {
    message: 'There are no exit criteria.',
    fix: 'Add **Exit Criteria:** with a list of what must hold when the stream ends.',
  },
  'reviewers-missing': { message: 'No reviewers are named.', fix: 'Add the line **Reviewers:** with names parted by commas.' },
  'next-review-missing': {
    message: 'It is not said when the document is reviewed next.',
    fix: 'Add the line **Next Review:** with a date or an occasion.',
  },
  'dependencies-missing': {
    message: 'The document names no dependencies.',
    fix: 'Add a section Cross-Value Stream Dependencies with a list, or a line that says there are none.',
  },
  'field-twice': {
    message: '{field} is given again with another text; the first, on line {first}, was used.',
    fix: 'Keep one of the two.',
  },
  'stage-table-missing': {
    message: 'No table of stages was found.',
    fix: 'Add a table with the columns Stage ID, Stage Name, Description, Enabling Capabilities, Expected Inputs, Expected Outputs, Key Metrics.',
  },
  'stage-table-ignored': {
    message: 'This further table of stages has other columns than the first and was passed over.',
    fix: 'Put all facts of a stage into one table.',
  },
  'column-missing': { message: 'The table of stages has no column {column}.', fix: 'Add the column {column}.' },
  'cell-count': {
    message: 'This row has {found} cells, the header has {expected}.',
    fix: 'Give every row {expected} cells; write a bar inside a text as \\|.',
  },
  'row-without-stage': {
    message: 'This row has no stage id and no stage stands above it; it was passed over.',
    fix: 'Write the stage id in its first cell.',
  },
  'stage-id-absent': {
    message: 'This row names "{name}" but has no stage id; it was read as a continuation of {stage}.',
    fix: 'Write the id of the stage in the row, or leave the name blank where the row continues the stage above.',
  },
  'stage-id-malformed': {
    message: '"{text}" is no stage id; it was read as {stage}.',
    fix: 'Write the stream id, a point and the number of the stage, for example {stage}.',
  },
  'stage-id-duplicate': {
    message: 'Stage {stage} was given before, on line {first}.',
    fix: 'Give every stage an id of its own; leave the id blank in a row that continues the stage above.',
  },
  'stage-id-foreign': { message: 'Stage {stage} is not of stream {stream}.', fix: 'Write {stream} before the point.' },
  'stage-id-order': {
    message: 'Stage {stage} stands after {before}.',
    fix: 'Put the stages in the order of their numbers, or number them anew.',
  },
  'stage-id-gap': {
    message: 'Between {before} and {stage} a number is missing.',
    fix: 'Add the missing stage or number them without gaps.',
  },
  'stage-without-name': { message: 'Stage {stage} has no name.', fix: 'Write its name.' },
  'stage-without-description': { message: 'Stage {stage} has no description.', fix: 'Say in a sentence what happens in it.' },
  'stage-without-capabilities': {
    message: 'Stage {stage} names no capability that enables it.',
    fix: 'Write at least one, with id and name, for example 10.2 Customer Account Management.',
  },
  'stage-without-inputs': { message: 'Stage {stage} has no inputs.', fix: 'Write what it needs, parted by commas.' },
  'stage-without-outputs': { message: 'Stage {stage} has no outputs.', fix: 'Write what it yields, parted by commas.' },
  'stage-without-metrics': {
    message: 'Stage {stage} has no metrics, so nothing can be measured in it.',
    fix: 'Write at least one metric name.',
  },
  'capability-without-id': {
    message: 'The capability "{name}" of {stage} has no id.',
    fix: 'Write its id before the name, for example 10.2 {name}.',
  },
  'capability-without-name': { message: 'Capability {id} of {stage} has no name.', fix: 'Write its name after the id.' },
  'capability-twice': { message: 'Stage {stage} names capability {id} twice.', fix: 'Remove one of the two.' },
  'capability-two-names': {
    message: 'Capability {id} is "{name}" here and "{other}" in {place}.',
    fix: 'Settle which name the id has, or give one of the two another id; until then both are kept apart by document.',
  },
  'metric-twice-in-stage': { message: 'Stage {stage} names the metric "{metric}" twice.', fix: 'Remove one of the two.' },
  'metric-name-repeated': {
    message: 'The metric name "{metric}" of {stage} also stands in {other}. They are two metrics: the key is stage and name.',
    fix: 'Nothing, if both are meant; always say the stage with the name.',
  },
  'metric-name-similar': {
    message: 'The metric "{metric}" of {stage} is close in name to "{other}" of {place}.',
    fix: 'Make sure that they are two measures; if they are one, use one name.',
  },
  'criterion-inside-stream': {
    message:
      'The entry criterion "{criterion}" is met inside the stream, by stage {stage} ({evidence}), so it cannot gate the entry.',
    fix: 'Make it the exit criterion of {stage}, or reword it as something that holds before the stream starts.',
  },
  'dependency-no-stream': {
    message: '{id} is a capability, not a value stream.',
    fix: 'Name the value stream that depends on it or owns it, or move the sentence to the capabilities.',
  },
  'dependency-unknown-stream': {
    message: 'The stream {id} has no stage document here: it is shown as a link without data.',
    fix: 'Nothing, if that is known; otherwise add the stage document of {id}.',
  },
  'dependency-without-id': {
    message: 'This dependency names no value stream id.',
    fix: 'Write the id of the value stream, for example AOV-03.',
  },
  'dependency-on-itself': {
    message: 'The only stream this dependency names is {id} itself.',
    fix: 'Name the other value stream.',
  },
  'not-loaded': {
    message: 'The document is not used: {reason}.',
    fix: 'Mend the other findings of this document first.',
  },
  'stream-defined-twice': {
    message: 'The stream {id} is already defined by {file}; this document is not used.',
    fix: 'Keep one document for each stream.',
  },
} as const satisfies Record<string, FindingSentences>;

export type FindingCode = keyof typeof FINDING_SENTENCES;
export type FindingFacts = Readonly<Record<string, string | number>>;

/** The finding `code` at 1-based `line`, its sentences filled in with `facts`. */
export function finding(code: FindingCode, line: number, facts: FindingFacts = {}): DocumentFinding {
  const fill = (sentence: string): string =>
    sentence.replace(/\{(\w+)\}/g, (hole, key: string) => (key in facts ? String(facts[key]) : hole));
  const sentences = FINDING_SENTENCES[code];
  return { line: Math.max(1, line), code, message: fill(sentences.message), fix: fill(sentences.fix) };
}
