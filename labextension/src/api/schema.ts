// The wire types, and names for the few choices within them.

import type { Comparison, DiagnosticInfo, KindInfo, ParameterInfo, PromoteJob, RunInfo } from './_schema';

export type * from './_schema';

export type KindName = KindInfo['kind'];
export type Severity = DiagnosticInfo['severity'];
export type RunState = RunInfo['state'];
export type JobState = PromoteJob['state'];
export type Verdict = Comparison['verdict'];
export type ParameterType = ParameterInfo['type'];

/** What JSON can say; the generator calls it `unknown`. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
