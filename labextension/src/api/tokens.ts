// What the server can be asked, one method per route.

import { Token } from '@lumino/coreutils';
import type {
  AddDatasetRequest,
  AdoptApply,
  AdoptPlan,
  AdoptResult,
  ChangeList,
  CheckReport,
  Created,
  CreateOptions,
  CreatePreview,
  CreateRequest,
  DatasetInfo,
  DatasetList,
  HandoverOffers,
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
  Undone
} from './schema';

/** Every path is a contents path: relative to the root of the Jupyter server. */
export interface IClient {
  project(path: string): Promise<ProjectInfo>;
  init(path: string): Promise<ProjectInfo>;
  createOptions(cwd: string, kind: KindName, from: string | null): Promise<CreateOptions>;
  previewCreate(request: CreateRequest): Promise<CreatePreview>;
  create(request: CreateRequest): Promise<Created>;
  createScratch(cwd: string): Promise<Created>;
  handover(path: string): Promise<HandoverOffers>;
  nameGuess(path: string): Promise<NameGuess>;
  previewRename(request: RenameRequest): Promise<RenamePreview>;
  rename(request: RenameRequest): Promise<Moved>;
  /** Tell the server of a move that was made in the file browser. */
  moved(oldPath: string, newPath: string): Promise<Moved>;
  changes(path: string): Promise<ChangeList>;
  /** Undo a change of the project that `path` lies in: the newest where `id` is null. */
  undo(path: string, id: string | null): Promise<Undone>;
  splitOffers(path: string): Promise<SplitOffers>;
  split(request: SplitRequest): Promise<SplitJob>;
  splitJob(id: string): Promise<SplitJob>;
  cancelSplit(id: string): Promise<SplitJob>;
  adoptPlan(path: string): Promise<AdoptPlan>;
  /** Check an edited plan, or apply it. */
  adopt(request: AdoptApply): Promise<AdoptResult>;
  lineage(path: string, runs: boolean): Promise<LineageInfo>;
  check(path: string): Promise<CheckReport>;
  datasets(path: string): Promise<DatasetList>;
  addDataset(request: AddDatasetRequest): Promise<DatasetInfo>;
  runForm(path: string): Promise<RunForm>;
  startRun(request: StartRun): Promise<RunInfo>;
  runs(path: string): Promise<RunList>;
  run(id: string, path: string): Promise<RunInfo>;
  cancelRun(id: string, path: string): Promise<RunInfo>;
  search(query: string, path: string, limit: number): Promise<SearchAnswer>;
  promote(path: string): Promise<PromoteJob>;
  promotion(id: string): Promise<PromoteJob>;
  cancelPromotion(id: string): Promise<PromoteJob>;
}

export const IClient = new Token<IClient>('mlnb-lab:IClient', 'Asks the mlnb server extension.');
