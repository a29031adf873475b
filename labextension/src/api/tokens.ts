// What the server can be asked, one method per route.

import { Token } from '@lumino/coreutils';
import type {
  CheckReport,
  Created,
  CreateOptions,
  CreatePreview,
  CreateRequest,
  AddDatasetRequest,
  DatasetInfo,
  DatasetList,
  KindName,
  ProjectInfo,
  PromoteJob,
  RunForm,
  RunInfo,
  RunList,
  SearchAnswer,
  StartRun
} from './schema';

/** Every path is a contents path: relative to the root of the Jupyter server. */
export interface IClient {
  project(path: string): Promise<ProjectInfo>;
  init(path: string): Promise<ProjectInfo>;
  createOptions(cwd: string, kind: KindName, from: string | null): Promise<CreateOptions>;
  previewCreate(request: CreateRequest): Promise<CreatePreview>;
  create(request: CreateRequest): Promise<Created>;
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
