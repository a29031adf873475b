// Generated from mlnb/server/messages.py by `npm run gen`; not edited by hand.

export type JsonValue = unknown;

export interface Messages {
  Refusal?: Refusal;
  KindInfo?: KindInfo;
  ProjectInfo?: ProjectInfo;
  InitRequest?: InitRequest;
  NotebookInfo?: NotebookInfo;
  DatasetInfo?: DatasetInfo;
  DatasetList?: DatasetList;
  AddDatasetRequest?: AddDatasetRequest;
  CreateOptions?: CreateOptions;
  CreateRequest?: CreateRequest;
  CreatePreview?: CreatePreview;
  Created?: Created;
  DiagnosticInfo?: DiagnosticInfo;
  CheckReport?: CheckReport;
  ParameterInfo?: ParameterInfo;
  RunForm?: RunForm;
  StartRun?: StartRun;
  UsedDataset?: UsedDataset;
  RunInfo?: RunInfo;
  RunList?: RunList;
  Fragment?: Fragment;
  HitInfo?: HitInfo;
  SearchAnswer?: SearchAnswer;
  PromoteRequest?: PromoteRequest;
  StepInfo?: StepInfo;
  Comparison?: Comparison;
  Promotion?: Promotion;
  PromoteJob?: PromoteJob;
}
/**
 * The body of every answer that is not a success.
 */
export interface Refusal {
  message: string;
  reason: string;
  traceback?: null;
}
/**
 * One of the four kinds, as the launcher and the create dialog show it.
 */
export interface KindInfo {
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  label: string;
  caption: string;
  prompt: string;
}
/**
 * The project a path lies in; `initialised` is false where there is none yet.
 */
export interface ProjectInfo {
  root: string;
  name: string;
  initialised: boolean;
  git: boolean;
  kinds: KindInfo[];
}
/**
 * Make the folder `path` an mlnb project.
 */
export interface InitRequest {
  path: string;
}
/**
 * A notebook of the project.
 */
export interface NotebookInfo {
  path: string;
  name: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  title: string;
  number: number | null;
}
/**
 * One version of a dataset. `ref` is what `mlnb.load` takes.
 */
export interface DatasetInfo {
  ref: string;
  name: string;
  date: string;
  features: string;
  path: string;
  rows: number;
  columns: string[];
  size: number;
  sha256: string;
  made_by: string | null;
  newest: boolean;
}
/**
 * All datasets of a project, newest version of each name first.
 */
export interface DatasetList {
  datasets: DatasetInfo[];
}
/**
 * Register the file `path` as a dataset version of the project it lies in.
 */
export interface AddDatasetRequest {
  path: string;
  name: string;
  date: string;
  features: string;
}
/**
 * What the create dialog offers for one kind in one folder.
 */
export interface CreateOptions {
  project: ProjectInfo;
  parents: NotebookInfo[];
  datasets: DatasetInfo[];
  parent: string | null;
  dataset: string | null;
}
/**
 * Create a notebook, or say what it would be called.
 */
export interface CreateRequest {
  cwd: string;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  title: string;
  parent?: string | null;
  dataset?: string | null;
}
/**
 * The path the notebook would get, or the reason why the title will not do.
 */
export interface CreatePreview {
  path: string | null;
  problem: string | null;
}
/**
 * The new notebook, as contents path.
 */
export interface Created {
  path: string;
}
/**
 * A finding with its place. `line` and `column` count from 1 within the cell.
 */
export interface DiagnosticInfo {
  code: string;
  name: string;
  severity: 'error' | 'warn' | 'info';
  message: string;
  why: string;
  cell: number | null;
  cell_id: string | null;
  line: number | null;
  column: number | null;
}
/**
 * The findings in one notebook; `skipped` says why it was not checked.
 */
export interface CheckReport {
  path: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  number: number | null;
  title: string;
  skipped: string | null;
  diagnostics: DiagnosticInfo[];
}
/**
 * A declared parameter, as the run form shows it. `choices` are dataset refs for a dataset.
 */
export interface ParameterInfo {
  name: string;
  type: 'int' | 'float' | 'bool' | 'str' | 'dataset' | 'json';
  default: JsonValue;
  help: string;
  choices: string[];
}
/**
 * The parameters of a notebook; `problem` says why it cannot be run.
 */
export interface RunForm {
  path: string;
  parameters: ParameterInfo[];
  problem: string | null;
}
/**
 * Run the notebook with arguments for some of its parameters.
 */
export interface StartRun {
  path: string;
  arguments: {
    [k: string]: JsonValue;
  };
}
/**
 * A dataset version that a run read or wrote.
 */
export interface UsedDataset {
  ref: string;
  sha256: string;
  role: 'input' | 'output';
}
/**
 * What ran, with what, and how it ended. `output` is the executed notebook.
 */
export interface RunInfo {
  id: string;
  notebook: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  title: string;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'lost';
  verdict: string | null;
  message: string | null;
  created: string;
  duration: number | null;
  cells_done: number;
  cells_total: number;
  failed_cell: number | null;
  arguments: {
    [k: string]: JsonValue;
  };
  parameters: {
    [k: string]: JsonValue;
  };
  datasets: UsedDataset[];
  metrics: {
    [k: string]: number;
  };
  commit: string | null;
  dirty: boolean;
  output: string | null;
}
/**
 * Runs of one notebook or of the whole project, newest first.
 */
export interface RunList {
  runs: RunInfo[];
}
/**
 * A piece of a snippet; `marked` is what the query matched.
 */
export interface Fragment {
  text: string;
  marked: boolean;
}
/**
 * A notebook or run that a query found, and why. `state` is how a run ended.
 */
export interface HitInfo {
  path: string;
  run: string | null;
  state: ('queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'lost') | null;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  title: string;
  when: string;
  cell: number | null;
  cell_id: string | null;
  snippet: Fragment[];
  metrics: {
    [k: string]: number;
  };
  datasets: string[];
  decision: string | null;
  reasons: string[];
}
/**
 * Hits, best first. `hint` helps with a query that found nothing or reads oddly.
 */
export interface SearchAnswer {
  query: string;
  hits: HitInfo[];
  total: number;
  took_ms: number;
  indexed: number;
  unreadable: string[];
  hint: string | null;
}
/**
 * Promote the deployment notebook at `path`.
 */
export interface PromoteRequest {
  path: string;
}
/**
 * A function of the pipeline; `cells` are those of the notebook it comes from.
 */
export interface StepInfo {
  name: string;
  cells: number[];
  takes: string[];
  gives: string[];
}
/**
 * One value of the pipeline against the same value of the notebook.
 */
export interface Comparison {
  what: string;
  step: string;
  verdict: 'identical' | 'within tolerance' | 'different' | 'not checked';
  detail: string;
}
/**
 * A promoted version and its proof.
 */
export interface Promotion {
  name: string;
  version: string;
  package: string;
  verdict: 'identical' | 'within tolerance' | 'different' | 'not checked';
  steps: StepInfo[];
  comparisons: Comparison[];
  notes: string[];
}
/**
 * A promotion under way, or how it ended.
 */
export interface PromoteJob {
  id: string;
  notebook: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  stage: string;
  result: Promotion | null;
  problem: string | null;
}
