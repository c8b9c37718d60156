export { type Interval, poissonInterval, survivalInterval, wilsonInterval } from './intervals.ts';
export { type BridgeStep, type MixBridge, mixBridge, type SegmentSums } from './mix-bridge.ts';
export { type ProportionChart, proportionChart, type Sample } from './p-chart.ts';
export { type RatingQuestion, rate, type TargetValue } from './rating.ts';
export { type ChartPoint, controlChart, type NaturalBounds } from './xmr.ts';
