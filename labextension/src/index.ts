// All plugins, each from the folder of its journey.

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { clientPlugin } from './api/plugin';
import { checkPlugin, problemsPlugin } from './check/plugin';
import { createPlugin } from './create/plugin';
import { dataPlugin } from './data/plugin';
import { experimentsPanelPlugin } from './experiments/plugin';
import { currentNotebookPlugin, notebookPanelPlugin } from './notebook/plugin';
import { promotePlugin } from './promote/plugin';
import { runPlugin } from './run/plugin';
import { searchPlugin } from './search/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  clientPlugin,
  currentNotebookPlugin,
  notebookPanelPlugin,
  experimentsPanelPlugin,
  createPlugin,
  checkPlugin,
  problemsPlugin,
  runPlugin,
  promotePlugin,
  searchPlugin,
  dataPlugin
];

export default plugins;
