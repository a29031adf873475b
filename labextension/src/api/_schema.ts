// Generated from mlnb/server/messages by `npm run gen`; not edited by hand.

export type JsonValue = unknown;

export interface Messages {
  AdoptApply?: AdoptApply;
  AdoptDatasetRow?: AdoptDatasetRow;
  AdoptPlan?: AdoptPlan;
  AdoptRequest?: AdoptRequest;
  AdoptResult?: AdoptResult;
  AdoptRow?: AdoptRow;
  Refusal?: Refusal;
  ChangeInfo?: ChangeInfo;
  ChangeList?: ChangeList;
  Moved?: Moved;
  MovedFile?: MovedFile;
  MovedRequest?: MovedRequest;
  NameGuess?: NameGuess;
  ReferenceInfo?: ReferenceInfo;
  RefusedFile?: RefusedFile;
  RenamePreview?: RenamePreview;
  RenameRequest?: RenameRequest;
  Undone?: Undone;
  UndoRequest?: UndoRequest;
  CheckReport?: CheckReport;
  DiagnosticInfo?: DiagnosticInfo;
  Created?: Created;
  CreateOptions?: CreateOptions;
  CreatePreview?: CreatePreview;
  CreateRequest?: CreateRequest;
  HandoverItem?: HandoverItem;
  HandoverOffers?: HandoverOffers;
  InitRequest?: InitRequest;
  KindInfo?: KindInfo;
  NotebookInfo?: NotebookInfo;
  ProjectInfo?: ProjectInfo;
  ScratchRequest?: ScratchRequest;
  TemplateInfo?: TemplateInfo;
  VariableInfo?: VariableInfo;
  AddDatasetRequest?: AddDatasetRequest;
  DatasetInfo?: DatasetInfo;
  DatasetList?: DatasetList;
  LineageEdge?: LineageEdge;
  LineageInfo?: LineageInfo;
  LineageNode?: LineageNode;
  Comparison?: Comparison;
  PromoteJob?: PromoteJob;
  PromoteRequest?: PromoteRequest;
  Promotion?: Promotion;
  StepInfo?: StepInfo;
  ParameterInfo?: ParameterInfo;
  RunForm?: RunForm;
  RunInfo?: RunInfo;
  RunList?: RunList;
  StartRun?: StartRun;
  UsedDataset?: UsedDataset;
  Fragment?: Fragment;
  HitInfo?: HitInfo;
  SearchAnswer?: SearchAnswer;
  Crossing?: Crossing;
  SplitJob?: SplitJob;
  SplitOffer?: SplitOffer;
  SplitOffers?: SplitOffers;
  SplitRequest?: SplitRequest;
}
/**
 * Rows of a plan, as edited. Checked again, and applied with `dry_run` off; files that changed are refused.
 */
export interface AdoptApply {
  path: string;
  rows: AdoptRow[];
  datasets: AdoptDatasetRow[];
  dry_run?: boolean;
}
/**
 * A notebook of the plan. `problem` says why it cannot be adopted as proposed; `sha256` is that of the file.
 */
export interface AdoptRow {
  path: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  confidence: 'high' | 'medium' | 'low';
  reasons: string[];
  title: string;
  number: number | null;
  proposed: string | null;
  references: number;
  apply: boolean;
  problem: string | null;
  sha256: string;
}
/**
 * An undated file of data. `date_from` says where the date was found; it is applied only once it is confirmed.
 */
export interface AdoptDatasetRow {
  path: string;
  name: string;
  date: string | null;
  date_from: ('name' | 'content' | 'file time') | null;
  date_why: string;
  features: string;
  proposed: string | null;
  references: number;
  apply: boolean;
  problem: string | null;
  sha256: string;
}
/**
 * The whole plan, to be edited and applied. `skipped` are files that could not be read.
 */
export interface AdoptPlan {
  path: string;
  git: boolean;
  rows: AdoptRow[];
  datasets: AdoptDatasetRow[];
  skipped: RefusedFile[];
  took_s: number;
}
/**
 * A file that was left alone, and why.
 */
export interface RefusedFile {
  path: string;
  reason: string;
}
/**
 * Plan how the notebooks and datasets of a folder come into the convention.
 */
export interface AdoptRequest {
  path: string;
}
/**
 * What was applied, as one change that can be undone; `plan` is what the rows became, with their problems.
 */
export interface AdoptResult {
  change: ChangeInfo | null;
  plan: AdoptPlan;
  refused: RefusedFile[];
}
/**
 * A change that mlnb made to several files, which can be undone as one. `paths` are the notebooks it made.
 */
export interface ChangeInfo {
  id: string;
  what: 'rename' | 'split' | 'adopt';
  title: string;
  when: string;
  files: number;
  paths: string[];
  undone: boolean;
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
 * The changes that mlnb made in a project, newest first.
 */
export interface ChangeList {
  changes: ChangeInfo[];
}
/**
 * What followed from a move: references rewritten as `change`, if any; whether the new name has lost its kind.
 */
export interface Moved {
  path: string;
  lost_kind: boolean;
  change: ChangeInfo | null;
  references: number;
}
/**
 * A file that has another path than before.
 */
export interface MovedFile {
  old: string;
  new: string;
}
/**
 * Somebody moved or renamed a notebook in the file browser.
 */
export interface MovedRequest {
  old: string;
  new: string;
}
/**
 * What a notebook would be called, judged by its content. `proposed` is a contents path.
 */
export interface NameGuess {
  path: string;
  scratch: boolean;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  confidence: 'high' | 'medium' | 'low';
  title: string;
  reasons: string[];
  proposed: string | null;
}
/**
 * A file that names a notebook, and how often.
 */
export interface ReferenceInfo {
  path: string;
  count: number;
}
/**
 * The path the notebook would get, or why not; what else would change; how many runs go with it.
 */
export interface RenamePreview {
  path: string | null;
  problem: string | null;
  references: ReferenceInfo[];
  runs: number;
}
/**
 * Give a notebook another name or folder. What is None stays as it is, or is chosen by the server.
 */
export interface RenameRequest {
  path: string;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  title: string;
  number?: number | null;
  folder?: string | null;
}
/**
 * What undoing restored. A file that was changed since is left alone; `moved` have their old paths back.
 */
export interface Undone {
  change: ChangeInfo;
  restored: number;
  refused: RefusedFile[];
  moved?: MovedFile[];
}
/**
 * Undo a change of the project that `path` lies in: the newest one where no id is given.
 */
export interface UndoRequest {
  path: string;
  id?: string | null;
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
  scratch: boolean;
  diagnostics: DiagnosticInfo[];
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
 * The new notebook, as contents path.
 */
export interface Created {
  path: string;
}
/**
 * What the create dialog offers for one kind in one folder. `template` is the one taken if none is chosen.
 */
export interface CreateOptions {
  project: ProjectInfo;
  parents: NotebookInfo[];
  datasets: DatasetInfo[];
  templates: TemplateInfo[];
  folders: string[];
  parent: string | null;
  dataset: string | null;
  template: string;
  folder: string;
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
 * One of the four kinds, as the launcher and the create dialog show it.
 */
export interface KindInfo {
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  label: string;
  caption: string;
  prompt: string;
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
 * A template of a kind. `source` is mlnb, the project's folder or an installed package.
 */
export interface TemplateInfo {
  name: string;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  label: string;
  description: string;
  source: string;
  variables: VariableInfo[];
  problem: string | null;
}
/**
 * A value that a template asks for. `default` is None where it must be given.
 */
export interface VariableInfo {
  name: string;
  prompt: string;
  type: 'str' | 'int' | 'float' | 'bool' | 'date';
  default: string | null;
  choices: string[];
}
/**
 * The path the notebook would get, or the reason why the request will not do.
 *
 * `outline` holds the headings of the notebook that would be written.
 */
export interface CreatePreview {
  path: string | null;
  problem: string | null;
  number?: number | null;
  outline?: string[];
}
/**
 * Create a notebook, or say what it would be called. What is None is chosen by the server.
 *
 * `handover` is the id of an item of the parent's `HandoverOffers`.
 */
export interface CreateRequest {
  cwd: string;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  title: string;
  parent?: string | null;
  dataset?: string | null;
  number?: number | null;
  folder?: string | null;
  template?: string | null;
  variables?: {
    [k: string]: string;
  };
  handover?: string | null;
}
/**
 * A finding, idea, output or decision of a notebook that another one can go on with.
 */
export interface HandoverItem {
  id: string;
  section: string;
  text: string;
  cell: number;
  cell_id: string | null;
  kinds: ('exploration' | 'cleaning' | 'experiment' | 'deployment')[];
}
/**
 * What a notebook can hand over, and the dataset that is handed over with it.
 */
export interface HandoverOffers {
  path: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  next_kinds: ('exploration' | 'cleaning' | 'experiment' | 'deployment')[];
  items: HandoverItem[];
  dataset: string | null;
}
/**
 * Make the folder `path` an mlnb project.
 */
export interface InitRequest {
  path: string;
}
/**
 * Create a temporary notebook in the scratch folder of the project of `cwd`.
 */
export interface ScratchRequest {
  cwd: string;
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
 * All datasets of a project, newest version of each name first.
 */
export interface DatasetList {
  datasets: DatasetInfo[];
}
/**
 * `source` led to `target`.
 */
export interface LineageEdge {
  source: string;
  target: string;
  relation: 'next' | 'reads' | 'writes' | 'ran' | 'promoted';
}
/**
 * Notebooks, datasets, runs and pipelines, and how they led to each other. `focus` is the node asked about.
 */
export interface LineageInfo {
  focus: string | null;
  nodes: LineageNode[];
  edges: LineageEdge[];
  problems: string[];
}
/**
 * A thing of the project. `path` is None where there is no file; `missing` where it is named but gone.
 */
export interface LineageNode {
  id: string;
  type: 'notebook' | 'dataset' | 'run' | 'pipeline';
  label: string;
  kind: ('exploration' | 'cleaning' | 'experiment' | 'deployment') | null;
  path: string | null;
  when: string | null;
  state: string | null;
  missing: boolean;
  detail: string;
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
 * A function of the pipeline; `cells` are those of the notebook it comes from.
 */
export interface StepInfo {
  name: string;
  cells: number[];
  takes: string[];
  gives: string[];
}
/**
 * Promote the deployment notebook at `path`.
 */
export interface PromoteRequest {
  path: string;
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
 * A dataset version that a run read or wrote.
 */
export interface UsedDataset {
  ref: string;
  sha256: string;
  role: 'input' | 'output';
}
/**
 * Runs of one notebook or of the whole project, newest first.
 */
export interface RunList {
  runs: RunInfo[];
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
 * A name that is made before a cut and used after it, and how it would be handed over.
 */
export interface Crossing {
  name: string;
  how: 'dataset' | 'value' | 'code' | 'parameter' | 'refused';
  detail: string;
}
/**
 * A split under way, or how it ended: both halves are run before it counts.
 */
export interface SplitJob {
  id: string;
  notebook: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  stage: string;
  change: ChangeInfo | null;
  path: string | null;
  problem: string | null;
  notes?: string[];
}
/**
 * A place to split a notebook: before the cell at index `cell`, whose heading is `heading`.
 *
 * Of cells, those with code are counted.
 */
export interface SplitOffer {
  cell: number;
  cell_id: string | null;
  heading: string;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  title: string;
  path: string;
  crossing: Crossing[];
  cells_before: number;
  cells_after: number;
}
/**
 * Where a notebook may be split, thinnest cut first; `problem` says why nowhere.
 *
 * `sha256` is that of the file.
 */
export interface SplitOffers {
  path: string;
  is_long: boolean;
  why: string;
  problem: string | null;
  offers: SplitOffer[];
  sha256?: string;
}
/**
 * Split the notebook before the cell at index `cell`; the rest becomes a notebook of its own.
 *
 * `sha256` is that of the offers: a notebook that was changed since is refused.
 */
export interface SplitRequest {
  path: string;
  cell: number;
  kind: 'exploration' | 'cleaning' | 'experiment' | 'deployment';
  title: string;
  sha256?: string | null;
}
