export { builtInStreams, type LibraryDocument } from './built-in-streams.ts';
export { FINDING_SENTENCES, type FindingCode } from './finding-table.ts';
export { checkStageDocument, type StageDocumentOptions } from './stage-document.ts';
export { readStageDocument } from './stage-file.ts';
export { type LoadedStreams, loadStreams } from './stream-library.ts';
