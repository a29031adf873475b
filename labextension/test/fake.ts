// A server that answers what a test has put into it, and remembers what it was asked.

import type {
  AddDatasetRequest,
  AdoptApply,
  AdoptPlan,
  AdoptResult,
  ChangeInfo,
  ChangeList,
  CheckReport,
  Created,
  CreateOptions,
  CreatePreview,
  CreateRequest,
  DatasetInfo,
  DatasetList,
  HandoverOffers,
  HitInfo,
  KindName,
  LineageInfo,
  Moved,
  NameGuess,
  ProjectInfo,
  PromoteJob,
  RenamePreview,
  RenameRequest,
  RunForm,
  RunInfo,
  RunList,
  SearchAnswer,
  SplitJob,
  SplitOffers,
  SplitRequest,
  StartRun,
  TemplateInfo,
  Undone
} from '../src/api/schema';
import type { IClient } from '../src/api/tokens';

type Answer<T> = T | Error | Promise<T>;

export class FakeClient implements IClient {
  readonly asked: string[] = [];

  projectAnswer: Answer<ProjectInfo> = project();
  initAnswer: Answer<ProjectInfo> = project();
  optionsAnswer: Answer<CreateOptions> = options();
  previewAnswer: Answer<CreatePreview> = { path: 'notebooks/030_experiment_x.ipynb', problem: null };
  createAnswer: Answer<Created> = { path: 'notebooks/030_experiment_x.ipynb' };
  scratchAnswer: Answer<Created> = { path: 'scratch/untitled-2026-11-21.ipynb' };
  handoverAnswer: Answer<HandoverOffers> = handover();
  guessAnswer: Answer<NameGuess> = guess();
  previewRenameAnswer: Answer<RenamePreview> = {
    path: 'notebooks/031_experiment_y.ipynb',
    problem: null,
    references: [],
    runs: 0
  };
  movedAnswer: Answer<Moved> = {
    path: 'notebooks/031_experiment_y.ipynb',
    lost_kind: false,
    change: change(),
    references: 1
  };
  changesAnswer: Answer<ChangeList> = { changes: [] };
  undoAnswer: Answer<Undone> = { change: change({ undone: true }), restored: 2, refused: [] };
  splitOffersAnswer: Answer<SplitOffers> = {
    path: 'n.ipynb',
    is_long: false,
    why: '',
    problem: null,
    offers: []
  };
  splitAnswer: Answer<SplitJob> = splitJob();
  planAnswer: Answer<AdoptPlan> = plan();
  adoptAnswer: Answer<AdoptResult> = { change: change({ what: 'adopt' }), plan: plan(), refused: [] };
  lineageAnswer: Answer<LineageInfo> = { focus: null, nodes: [], edges: [], problems: [] };
  checkAnswer: Answer<CheckReport> = report();
  datasetsAnswer: Answer<DatasetList> = { datasets: [] };
  addAnswer: Answer<DatasetInfo> = dataset();
  formAnswer: Answer<RunForm> = { path: 'n.ipynb', parameters: [], problem: null };
  startAnswer: Answer<RunInfo> = run();
  runsAnswer: Answer<RunList> = { runs: [] };
  runAnswer: Answer<RunInfo> = run();
  cancelAnswer: Answer<RunInfo> = run({ state: 'cancelled' });
  searchAnswer: Answer<SearchAnswer> = found();
  promoteAnswer: Answer<PromoteJob> = job();
  jobAnswer: Answer<PromoteJob> = job();
  cancelJobAnswer: Answer<PromoteJob> = job({ state: 'cancelled' });

  project = (path: string) => this._answer(`project ${path}`, this.projectAnswer);
  init = (path: string) => this._answer(`init ${path}`, this.initAnswer);
  createOptions = (cwd: string, kind: KindName, from: string | null) =>
    this._answer(`options ${cwd} ${kind} ${from}`, this.optionsAnswer);
  previewCreate = (request: CreateRequest) => this._answer(`preview ${request.title}`, this.previewAnswer);
  create = (request: CreateRequest) => this._answer(`create ${JSON.stringify(request)}`, this.createAnswer);
  createScratch = (cwd: string) => this._answer(`scratch ${cwd}`, this.scratchAnswer);
  handover = (path: string) => this._answer(`handover ${path}`, this.handoverAnswer);
  nameGuess = (path: string) => this._answer(`guess ${path}`, this.guessAnswer);
  previewRename = (request: RenameRequest) =>
    this._answer(`preview rename ${JSON.stringify(request)}`, this.previewRenameAnswer);
  rename = (request: RenameRequest) => this._answer(`rename ${JSON.stringify(request)}`, this.movedAnswer);
  moved = (oldPath: string, newPath: string) => this._answer(`moved ${oldPath} ${newPath}`, this.movedAnswer);
  changes = (path: string) => this._answer(`changes ${path}`, this.changesAnswer);
  undo = (path: string, id: string | null) => this._answer(`undo ${path} ${id}`, this.undoAnswer);
  splitOffers = (path: string) => this._answer(`split offers ${path}`, this.splitOffersAnswer);
  split = (request: SplitRequest) => this._answer(`split ${JSON.stringify(request)}`, this.splitAnswer);
  splitJob = (id: string) => this._answer(`split job ${id}`, this.splitAnswer);
  cancelSplit = (id: string) => this._answer(`cancel split ${id}`, this.splitAnswer);
  adoptPlan = (path: string) => this._answer(`plan ${path}`, this.planAnswer);
  adopt = (request: AdoptApply) => this._answer(`adopt ${JSON.stringify(request)}`, this.adoptAnswer);
  lineage = (path: string, runs: boolean) => this._answer(`lineage ${path} ${runs}`, this.lineageAnswer);
  check = (path: string) => this._answer(`check ${path}`, this.checkAnswer);
  datasets = (path: string) => this._answer(`datasets ${path}`, this.datasetsAnswer);
  addDataset = (request: AddDatasetRequest) => this._answer(`add ${request.path}`, this.addAnswer);
  runForm = (path: string) => this._answer(`form ${path}`, this.formAnswer);
  startRun = (request: StartRun) => this._answer(`start ${JSON.stringify(request)}`, this.startAnswer);
  runs = (path: string) => this._answer(`runs ${path}`, this.runsAnswer);
  run = (id: string, path: string) => this._answer(`run ${id} ${path}`, this.runAnswer);
  cancelRun = (id: string, path: string) => this._answer(`cancel ${id} ${path}`, this.cancelAnswer);
  search = (query: string, path: string, limit: number) =>
    this._answer(`search “${query}” ${path} ${limit}`, this.searchAnswer);
  promote = (path: string) => this._answer(`promote ${path}`, this.promoteAnswer);
  promotion = (id: string) => this._answer(`promotion ${id}`, this.jobAnswer);
  cancelPromotion = (id: string) => this._answer(`cancel promotion ${id}`, this.cancelJobAnswer);

  private async _answer<T>(question: string, answer: Answer<T>): Promise<T> {
    this.asked.push(question);
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }
}

/** A promise that a test settles when it wants to. */
export class Later<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;
  reject!: (reason: Error) => void;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

export function project(changes: Partial<ProjectInfo> = {}): ProjectInfo {
  return { root: '', name: 'weather', initialised: true, git: true, kinds: [], ...changes };
}

export function dataset(changes: Partial<DatasetInfo> = {}): DatasetInfo {
  return {
    ref: 'weather_2015-12-31_daily',
    name: 'weather',
    date: '2015-12-31',
    features: 'daily',
    path: 'data/weather_2015-12-31_daily.csv',
    rows: 1461,
    columns: ['date', 'wind'],
    size: 48_219,
    sha256: 'ab12',
    made_by: null,
    newest: true,
    ...changes
  };
}

export function options(changes: Partial<CreateOptions> = {}): CreateOptions {
  return {
    project: project(),
    parents: [
      { path: 'notebooks/020.ipynb', name: '020.ipynb', kind: 'cleaning', title: 'Days', number: 20 }
    ],
    datasets: [dataset()],
    parent: 'notebooks/020.ipynb',
    dataset: 'weather_2015-12-31_daily',
    templates: [template()],
    template: 'experiment',
    folders: ['notebooks'],
    folder: 'notebooks',
    ...changes
  };
}

export function template(changes: Partial<TemplateInfo> = {}): TemplateInfo {
  return {
    name: 'experiment',
    kind: 'experiment',
    label: 'Experiment',
    description: '',
    source: 'mlnb',
    variables: [],
    problem: null,
    ...changes
  };
}

export function handover(changes: Partial<HandoverOffers> = {}): HandoverOffers {
  return {
    path: 'n.ipynb',
    kind: 'exploration',
    next_kinds: ['cleaning'],
    items: [],
    dataset: null,
    ...changes
  };
}

export function guess(changes: Partial<NameGuess> = {}): NameGuess {
  return {
    path: 'Untitled.ipynb',
    scratch: true,
    kind: 'exploration',
    confidence: 'high',
    title: 'Rain',
    reasons: ['it draws four plots'],
    proposed: 'notebooks/010_exploration_rain.ipynb',
    ...changes
  };
}

export function change(changes: Partial<ChangeInfo> = {}): ChangeInfo {
  return {
    id: '20261121-120000-aaaa',
    what: 'rename',
    title: 'rename n.ipynb',
    when: '2026-11-21T12:00:00+00:00',
    files: 2,
    paths: ['notebooks/031_experiment_y.ipynb'],
    undone: false,
    ...changes
  };
}

export function splitJob(changes: Partial<SplitJob> = {}): SplitJob {
  return {
    id: 's1',
    notebook: 'n.ipynb',
    state: 'running',
    stage: 'running the first half',
    change: null,
    path: null,
    problem: null,
    ...changes
  };
}

export function plan(changes: Partial<AdoptPlan> = {}): AdoptPlan {
  return { path: '', git: true, rows: [], datasets: [], skipped: [], took_s: 0.1, ...changes };
}

export function report(changes: Partial<CheckReport> = {}): CheckReport {
  return {
    path: 'notebooks/030_experiment_x.ipynb',
    kind: 'experiment',
    number: 30,
    title: 'X',
    skipped: null,
    scratch: false,
    diagnostics: [],
    ...changes
  };
}

export function run(changes: Partial<RunInfo> = {}): RunInfo {
  return {
    id: '20261121-120000-aaaa',
    notebook: 'n.ipynb',
    kind: 'experiment',
    title: 'X',
    state: 'running',
    verdict: null,
    message: null,
    created: '2026-11-21T12:00:00+00:00',
    duration: null,
    cells_done: 3,
    cells_total: 11,
    failed_cell: null,
    arguments: {},
    parameters: {},
    datasets: [],
    metrics: {},
    commit: null,
    dirty: false,
    output: 'runs/n/1/notebook.ipynb',
    ...changes
  };
}

export function hit(changes: Partial<HitInfo> = {}): HitInfo {
  return {
    path: 'notebooks/030_experiment_x.ipynb',
    run: null,
    state: null,
    kind: 'experiment',
    title: 'Logistic regression',
    when: '2026-10-31T12:00:00+00:00',
    cell: 4,
    cell_id: 'c4',
    snippet: [
      { text: 'features = ', marked: false },
      { text: 'rain', marked: true }
    ],
    metrics: { auc: 0.913 },
    datasets: ['weather@2015-12-31'],
    decision: 'adopt',
    reasons: ['in code'],
    ...changes
  };
}

export function found(changes: Partial<SearchAnswer> = {}): SearchAnswer {
  return { query: '', hits: [], total: 0, took_ms: 3.2, indexed: 0, unreadable: [], hint: null, ...changes };
}

export function job(changes: Partial<PromoteJob> = {}): PromoteJob {
  return {
    id: 'p1',
    notebook: 'n.ipynb',
    state: 'running',
    stage: 'reading',
    result: null,
    problem: null,
    ...changes
  };
}
