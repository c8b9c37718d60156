export { type FlowContext, queryFlow } from './query-flow.ts';
