// All plugins, each from the folder of its journey.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { adoptPlugin } from './adopt/plugin';
import { clientPlugin } from './api/plugin';
import { checkPlugin, problemsPlugin } from './check/plugin';
import { continuePlugin, createPlugin, scratchPlugin } from './create/plugin';
import { dataPlugin } from './data/plugin';
import { experimentsPanelPlugin } from './experiments/plugin';
import { lineagePlugin } from './lineage/plugin';
import { currentNotebookPlugin, notebookPanelPlugin, openDocumentsPlugin } from './notebook/plugin';
import { promotePlugin } from './promote/plugin';
import { changesPlugin, renamePlugin } from './rename/plugin';
import { runPlugin } from './run/plugin';
import { searchPlugin } from './search/plugin';
import { splitPlugin } from './split/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  clientPlugin,
  currentNotebookPlugin,
  openDocumentsPlugin,
  notebookPanelPlugin,
  experimentsPanelPlugin,
  createPlugin,
  checkPlugin,
  changesPlugin,
  continuePlugin,
  scratchPlugin,
  renamePlugin,
  splitPlugin,
  problemsPlugin,
  runPlugin,
  promotePlugin,
  lineagePlugin,
  adoptPlugin,
  searchPlugin,
  dataPlugin
];

export default plugins;
