/** The only door into the engine for the command line and the shell. */
export { type ReadOptions, type ReadTable, readTable } from './ingest/index.ts';
export { readStageDocument } from './streams/index.ts';
export { type CreateOptions, createWorkspace } from './workspace/create.ts';
export { type DoctorReport, examine } from './workspace/doctor.ts';
export { type Engine, type EngineEvents, openEngine } from './workspace/engine.ts';
export { listProfiles, type ProfileSummary, showProfile } from './workspace/profiles.ts';
